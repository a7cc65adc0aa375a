package io.holdfast.merge;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of the classes of maps, sets and lists. */
final class Containers {
    private static final Set<Class<?>> UNORDERED = Set.of(
            HashMap.class,
            Hashtable.class,
            ConcurrentHashMap.class,
            IdentityHashMap.class,
            HashSet.class,
            Collections.newSetFromMap(new HashMap<>()).getClass(),
            Map.of().getClass(),
            Map.of(1, 1).getClass(),
            Set.of().getClass(),
            Set.of(1).getClass());

    private Containers() {}

    static boolean isContainer(Object value) {
        return value instanceof Map || value instanceof Set || value instanceof List;
    }

    /** Whether what is in it, and in which order, is all there is to say about it: so it is with those of {@code java.util}. */
    static boolean isPlain(Object container) {
        return container.getClass().getName().startsWith("java.util.") && !(container instanceof Properties);
    }

    /** Whether the order in which one gets at its content means nothing. */
    static boolean isUnordered(Object container) {
        return UNORDERED.contains(container.getClass());
    }

    static int size(Object container) {
        return container instanceof Map<?, ?> map ? map.size() : ((Collection<?>) container).size();
    }

    static void clear(Object container) {
        if (container instanceof Map<?, ?> map) {
            map.clear();
        } else {
            ((Collection<?>) container).clear();
        }
    }
}
