package io.holdfast.corpus;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** Access to fields by reflection, as far as the JDK allows it without flags. */
final class Fields {
    private Fields() {}

    /** True for classes whose fields are closed. */
    static boolean isJdkClass(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
    }

    static @Nullable Object get(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new AssertionError(field + " was made accessible before", e);
        }
    }

    static void set(Field field, Object object, @Nullable Object value) {
        try {
            field.set(object, value);
        } catch (IllegalAccessException e) {
            throw new AssertionError(field + " was made accessible before", e);
        }
    }
}
