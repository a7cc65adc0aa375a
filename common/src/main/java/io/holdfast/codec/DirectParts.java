package io.holdfast.codec;

import io.holdfast.codec.SerializerRouter.Route;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks one level into plain values: elements of the JDK's own collections, maps and arrays, fields of plain beans and records.
 * Runs no code of the application. What it finds is a hint for people: another thread's changes may hide something.
 */
final class DirectParts {
    /** To look at more would cost more than it tells. */
    private static final int MAX_PARTS = 256;

    private static final ClassValue<Boolean> CHANGEABLE = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isChangeable(type);
        }
    };

    private DirectParts() {}

    /** Those of the first {@value #MAX_PARTS} parts of {@code value} that can be changed in place. */
    static List<Object> changeable(Object value) {
        List<Object> parts = new ArrayList<>();
        try {
            int looked = 0;
            for (Object part : partsOf(value)) {
                if (part != null && isChangeable(part)) {
                    parts.add(part);
                }
                looked++;
                if (looked == MAX_PARTS) {
                    break;
                }
            }
        } catch (ConcurrentModificationException | IndexOutOfBoundsException | NullPointerException e) {
            return parts; // another thread is changing it
        }
        return parts;
    }

    /**
     * False for values, for collections and records that never change, and for whatever keeps there being one of it, which
     * programs share on purpose. Of the JDK's classes only those count that are known to be plain.
     */
    static boolean isChangeable(Object object) {
        return CHANGEABLE.get(object.getClass()) && !(object instanceof Object[] array && array.length == 0);
    }

    private static boolean isChangeable(Class<?> type) {
        if (ImmutableTypes.isValue(type) || type.isRecord() || type.isHidden()) {
            return false;
        }
        boolean plain = SerializerRouter.routeOf(type) == Route.KRYO;
        return plain
                ? !(JdkSerializers.of(type) instanceof BuiltAtOnceSerializer)
                : !SerializerRouter.isJdkClass(type) && !SerializerRouter.isReplacedWhenRead(type);
    }

    private static Iterable<? extends @Nullable Object> partsOf(Object value) {
        Class<?> type = value.getClass();
        if (value instanceof Object[] array) {
            return Arrays.asList(array);
        }
        if (JdkSerializers.knows(type)) {
            return partsOfJdkObject(value);
        }
        boolean hasFields = !type.isArray() && !ImmutableTypes.isValue(type);
        return hasFields && SerializerRouter.routeOf(type) == Route.KRYO ? fieldsOf(value, type) : List.of();
    }

    private static Iterable<? extends @Nullable Object> partsOfJdkObject(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<@Nullable Object> parts = new ArrayList<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                parts.add(entry.getKey());
                parts.add(entry.getValue());
                if (parts.size() >= MAX_PARTS) {
                    break;
                }
            }
            return parts;
        }
        return value instanceof Collection<?> collection ? collection : List.of();
    }

    private static List<@Nullable Object> fieldsOf(Object value, Class<?> type) {
        List<@Nullable Object> parts = new ArrayList<>();
        for (Field field : StoredFields.of(type)) {
            try {
                parts.add(field.get(value));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(field + " was made accessible before", e);
            }
        }
        return parts;
    }
}
