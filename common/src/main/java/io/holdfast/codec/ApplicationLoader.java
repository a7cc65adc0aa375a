package io.holdfast.codec;

/**
 * Finds the classes of stored objects by name: through the application's class loader and nowhere else, only if the filter
 * allows them, and without initializing them.
 *
 * @param loader the application's
 * @param filter asked before anything is loaded
 */
record ApplicationLoader(ClassLoader loader, ClassFilter filter) {
    /** Filter and loaders remember names they were asked for. */
    private static final int MAX_NAME = 1_000;

    /**
     * The class of that name; also primitive types, which cannot be classes of objects but can be objects.
     *
     * @throws ClassNotFoundException when the application does not have it
     * @throws UndecodableValueException when the filter refuses it
     */
    Class<?> load(String className) throws ClassNotFoundException {
        if (className.length() > MAX_NAME) {
            throw new UndecodableValueException(
                    (String) null, "a class has a name of " + className.length() + " letters");
        }
        if (!filter.allows(className)) {
            throw new UndecodableValueException(className, "the class filter refuses it");
        }
        Class<?> primitive = PrimitiveTypes.named(className);
        try {
            return primitive == null ? Class.forName(className, false, loader) : primitive;
        } catch (LinkageError e) {
            throw new ClassNotFoundException(className, e);
        }
    }
}
