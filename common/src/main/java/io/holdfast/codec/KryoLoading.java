package io.holdfast.codec;

/**
 * Loads Kryo with its use of {@code sun.misc.Unsafe} switched off: newer JDKs warn about it and later ones refuse it,
 * and it gains nothing measurable. Kryo decides once, from a system property, when its {@code Util} class initializes.
 */
final class KryoLoading {
    private static final String PROPERTY = "kryo.unsafe";
    private static final String DECIDING_CLASS = "com.esotericsoftware.kryo.util.Util";

    private KryoLoading() {}

    /** Must run before any other use of Kryo. Leaves the property as it was, for it may be meant for another Kryo. */
    static void withoutUnsafe() {
        String before = System.getProperty(PROPERTY);
        System.setProperty(PROPERTY, "false");
        try {
            Class.forName(DECIDING_CLASS, true, KryoLoading.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Kryo is not on the class path", e);
        } finally {
            if (before == null) {
                System.clearProperty(PROPERTY);
            } else {
                System.setProperty(PROPERTY, before);
            }
        }
    }
}
