package io.holdfast.corpus;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.PriorityBlockingQueue;
import org.jspecify.annotations.Nullable;

/** What can be told of a collection or map from outside. */
final class Kind {
    /** Views of maps whose order has a meaning. */
    private static final List<String> ORDERED_VIEWS = List.of(
            "java.util.LinkedHashMap$",
            "java.util.TreeMap$",
            "java.util.EnumMap$",
            "java.util.concurrent.ConcurrentSkipListMap$",
            "java.util.Collections$CopiesList");

    private Kind() {}

    static String of(Object value) {
        if (value instanceof Map) {
            return value instanceof SortedMap ? "SortedMap" : "Map";
        }
        if (value instanceof Map.Entry) {
            return "Entry";
        }
        if (value instanceof Set) {
            return value instanceof SortedSet ? "SortedSet" : "Set";
        }
        return value instanceof Collection ? "Collection" : value.getClass().getName();
    }

    /** True when the order of the contents has a meaning, as far as the class tells. */
    static boolean isOrdered(Object container) {
        return container instanceof List
                || container instanceof SortedSet
                || container instanceof Queue
                || container instanceof LinkedHashSet
                || container instanceof CopyOnWriteArraySet
                || container instanceof EnumSet
                || container instanceof SortedMap
                || container instanceof LinkedHashMap
                || container instanceof EnumMap
                || ORDERED_VIEWS.stream().anyMatch(container.getClass().getName()::startsWith);
    }

    static @Nullable Comparator<?> comparatorOf(Object container) {
        if (container instanceof SortedMap<?, ?> map) {
            return map.comparator();
        }
        if (container instanceof SortedSet<?> set) {
            return set.comparator();
        }
        if (container instanceof PriorityQueue<?> queue) {
            return queue.comparator();
        }
        return container instanceof PriorityBlockingQueue<?> queue ? queue.comparator() : null;
    }

    /** True for maps that a look at an entry changes. */
    @SuppressWarnings("ReferenceEquality") // whether it is the same key
    static boolean isInOrderOfAccess(Map<?, ?> map) {
        if (!(map instanceof LinkedHashMap<?, ?> linked) || map.size() < 2) {
            return false;
        }
        Map<?, ?> copy = (Map<?, ?>) linked.clone();
        Object first = copy.keySet().iterator().next();
        copy.get(first);
        return copy.keySet().iterator().next() != first;
    }
}
