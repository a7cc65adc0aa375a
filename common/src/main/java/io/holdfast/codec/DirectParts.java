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
    /** A look at more would cost more than it tells. */
    private static final int MAX_PARTS = 256;

    private DirectParts() {}

    /** The parts of {@code value} that can be changed in place, {@value #MAX_PARTS} of them at most. */
    static List<Object> changeable(Object value) {
        List<Object> parts = new ArrayList<>();
        try {
            for (Object part : partsOf(value)) {
                if (part != null && isChangeable(part)) {
                    parts.add(part);
                }
                if (parts.size() == MAX_PARTS) {
                    break;
                }
            }
        } catch (ConcurrentModificationException | IndexOutOfBoundsException | NullPointerException e) {
            return parts; // another thread is changing it
        }
        return parts;
    }

    /** False for values and for collections and records that never change, which programs share on purpose. */
    static boolean isChangeable(Object object) {
        Class<?> type = object.getClass();
        if (ImmutableTypes.isValue(type) || type.isRecord()) {
            return false;
        }
        return !(JdkSerializers.of(type) instanceof BuiltAtOnceSerializer);
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
                if (parts.size() >= 2 * MAX_PARTS) {
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
