package io.holdfast.codec;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Describes an object and everything reachable from it in one line: classes, contents, and which objects are the same. Two
 * objects with the same portrait are the same to an application, whether or not their classes have {@code equals}.
 *
 * <pre>
 * Cart[Base.name='x', items=ArrayList[1, 2], owner=^1]
 * </pre>
 *
 * <p>Fields stand in the order of their names, inherited ones with their class; {@code ^1} is the object that began first.
 */
@SuppressWarnings("JavaUtilDate") // what applications use
final class Portrait {
    private final IdentityHashMap<Object, Integer> begun = new IdentityHashMap<>();

    private Portrait() {}

    static String of(Object object) {
        return new Portrait().describe(object);
    }

    private String describe(Object object) {
        if (object == null) {
            return "null";
        }
        if (ImmutableTypes.isValue(object.getClass())) {
            return describeValue(object);
        }
        Integer number = begun.putIfAbsent(object, begun.size() + 1);
        return number == null ? nameOf(object.getClass()) + describeParts(object) : "^" + number;
    }

    private static String describeValue(Object value) {
        if (value instanceof String text) {
            return "'" + text + "'";
        }
        if (value instanceof Integer || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof Enum<?> constant) {
            return constant.getDeclaringClass().getSimpleName() + "." + constant.name();
        }
        if (value instanceof Pattern pattern) {
            return "Pattern(" + pattern + ", flags " + pattern.flags() + ")";
        }
        return nameOf(value.getClass()) + "(" + value + ")";
    }

    private static String nameOf(Class<?> type) {
        if (type.isArray()) {
            return type.getComponentType().getSimpleName();
        }
        return type == RestoredWeakMap.class ? "WeakHashMap" : type.getSimpleName();
    }

    private String describeParts(Object object) {
        if (object.getClass().isArray()) {
            return list(elementsOf(object).stream().map(this::describe));
        }
        if (object instanceof Collection<?> collection) {
            Stream<String> elements = collection.stream().map(this::describe);
            return list(hasOrder(collection) ? elements : elements.sorted()) + describeOrder(object);
        }
        if (object instanceof Map<?, ?> map) {
            Stream<String> entries =
                    map.entrySet().stream().map(entry -> describe(entry.getKey()) + "=" + describe(entry.getValue()));
            return list(isLikeHashMap(map) ? entries.sorted() : entries) + describeOrder(object);
        }
        if (object instanceof Optional<?> optional) {
            return list(optional.stream().map(this::describe));
        }
        if (object instanceof AtomicReference<?> reference) {
            return "[" + describe(reference.get()) + "]";
        }
        if (object instanceof Throwable thrown) {
            return list(Stream.of(
                    describe(thrown.getMessage()),
                    describe(thrown.getStackTrace()),
                    "cause=" + describe(thrown.getCause()),
                    "suppressed=" + describe(thrown.getSuppressed())));
        }
        return SerializerRouter.isJdkClass(object.getClass())
                ? "(" + describeJdkObject(object) + ")"
                : list(fieldsOf(object).stream());
    }

    /** Mostly in its own words, except where they leave something out. */
    private static String describeJdkObject(Object object) {
        if (object instanceof Timestamp timestamp) {
            return timestamp.getTime() + ", " + timestamp.getNanos();
        }
        if (object instanceof Date date) {
            return Long.toString(date.getTime());
        }
        if (object instanceof GregorianCalendar calendar) {
            return List.of(
                            calendar.getTimeZone().getID(),
                            calendar.getTimeInMillis(),
                            calendar.getGregorianChange().getTime(),
                            calendar.isLenient(),
                            calendar.getFirstDayOfWeek(),
                            calendar.getMinimalDaysInFirstWeek())
                    .toString();
        }
        return object.toString();
    }

    /** Empty for the natural order, and for collections without one. */
    private String describeOrder(Object object) {
        Comparator<?> comparator = null;
        if (object instanceof SortedSet<?> set) {
            comparator = set.comparator();
        } else if (object instanceof SortedMap<?, ?> map) {
            comparator = map.comparator();
        } else if (object instanceof PriorityQueue<?> queue) {
            comparator = queue.comparator();
        }
        if (comparator == null) {
            return "";
        }
        return " by "
                + (SerializerRouter.isJdkClass(comparator.getClass())
                        ? nameOf(comparator.getClass())
                        : describe(comparator));
    }

    private static List<Object> elementsOf(Object array) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(Array.get(array, i));
        }
        return elements;
    }

    private static boolean hasOrder(Collection<?> collection) {
        Class<?> type = collection.getClass();
        return !(type == HashSet.class || (collection instanceof Set && isImmutable(type)));
    }

    private static boolean isLikeHashMap(Map<?, ?> map) {
        return map.getClass() == HashMap.class
                || map instanceof IdentityHashMap
                || map instanceof WeakHashMap
                || isImmutable(map.getClass());
    }

    /** Collections like {@code Set.of(...)} have another order in each JVM. */
    private static boolean isImmutable(Class<?> type) {
        return type.getName().startsWith("java.util.ImmutableCollections$");
    }

    private List<String> fieldsOf(Object object) {
        List<String> described = new ArrayList<>();
        for (Class<?> part = object.getClass(); !SerializerRouter.isJdkClass(part); part = part.getSuperclass()) {
            String prefix = part == object.getClass() ? "" : part.getSimpleName() + ".";
            List<Field> fields = Arrays.stream(part.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                    .sorted(Comparator.comparing(Field::getName))
                    .toList();
            for (Field field : fields) {
                described.add(prefix + field.getName() + "=" + describe(valueOf(field, object)));
            }
        }
        return described;
    }

    private static Object valueOf(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new AssertionError(field + " was made accessible", e);
        }
    }

    private static String list(Stream<String> parts) {
        return parts.collect(Collectors.joining(", ", "[", "]"));
    }
}
