package io.holdfast.codec;

import java.io.Serializable;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Finds what is stored in place of the JDK's views and entries, which are not serializable: {@code list.subList(…)},
 * {@code map.keySet()}, {@code map.values()}, {@code map.entrySet()}, {@code Map.entry(…)} and their kin. Applications put them
 * into sessions without knowing, since in memory they work. What is read is a collection of its own with the same elements in
 * the same order, that no longer follows the list or map it was a view of. Runs no code of the application.
 */
final class StandIns {
    /** Holds no application class: an entry lives in the class it is about. */
    private static final ClassValue<UnaryOperator<Object>> BY_CLASS = new ClassValue<>() {
        @Override
        protected UnaryOperator<Object> computeValue(Class<?> type) {
            return choose(type);
        }
    };

    private StandIns() {}

    /** What is stored in place of {@code object}; mostly the object itself. */
    static Object of(Object object) {
        return object instanceof Serializable
                ? object
                : BY_CLASS.get(object.getClass()).apply(object);
    }

    private static UnaryOperator<Object> choose(Class<?> type) {
        if (!SerializerRouter.isJdkClass(type)) {
            return StandIns::itself;
        }
        if (outermost(type) == IdentityHashMap.class) {
            return Set.class.isAssignableFrom(type) ? StandIns::ofIdentities : StandIns::itself;
        }
        if (SortedSet.class.isAssignableFrom(type)) {
            return set -> sorted((SortedSet<?>) set);
        }
        if (Set.class.isAssignableFrom(type)) {
            return set -> new ViewOfSet(copyOf((Set<?>) set));
        }
        if (List.class.isAssignableFrom(type) || isViewOfValues(type)) {
            return list -> copyOf((Collection<?>) list);
        }
        if (Map.Entry.class.isAssignableFrom(type)) {
            return entry -> new AbstractMap.SimpleEntry<>((Map.Entry<?, ?>) entry);
        }
        return StandIns::itself;
    }

    /** Queues and other collections with rules of their own are no views. */
    private static boolean isViewOfValues(Class<?> type) {
        return Collection.class.isAssignableFrom(type) && Map.class.isAssignableFrom(outermost(type));
    }

    private static Class<?> outermost(Class<?> type) {
        Class<?> outer = type;
        while (outer.getEnclosingClass() != null) {
            outer = outer.getEnclosingClass();
        }
        return outer;
    }

    private static Object itself(Object object) {
        return object;
    }

    private static <E> Set<E> sorted(SortedSet<E> view) {
        return new TreeSet<>(view);
    }

    /** Elements that are equal but not the same are two here; entries of such a map cannot live without it. */
    private static Object ofIdentities(Object view) {
        Set<Object> copy = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Object element : (Set<?>) view) {
            if (element instanceof Map.Entry<?, ?>) {
                return view;
            }
            copy.add(element);
        }
        return copy;
    }

    /** Some maps use one entry object again and again while somebody iterates over them. */
    private static List<Object> copyOf(Collection<?> view) {
        List<Object> copy = new ArrayList<>();
        int left = view.size();
        for (Object element : view) {
            left = Parts.requireLeft(left);
            copy.add(element instanceof Map.Entry<?, ?> ? of(element) : element);
        }
        return copy;
    }
}
