package io.holdfast.codec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Notices that another thread has changed a collection while Java serialization was writing it. Most of the JDK's notice that
 * themselves; those looked at here write how many elements they have and then what they find, and nobody can read it when the two
 * do not agree.
 */
@SuppressWarnings("JdkObsolete") // LinkedList: applications use it
final class CountedCollections {
    /** Whether looking at all elements runs no code of the application. Holds no class of it: an entry lives in the class it is about. */
    private static final ClassValue<Boolean> OPEN_TO_LOOK_AT = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return Map.class.isAssignableFrom(type)
                    ? isOfJdk(type, "keySet")
                    : isOfJdk(type, "iterator") && isOfJdk(type, "size");
        }
    };

    /**
     * One of them before it is written. The iterator notices changes, but only complete ones, since the counter it compares comes
     * last in each; the elements tell of others.
     */
    private record Before(Collection<?> collection, List<@Nullable Object> elements, Iterator<?> iterator) {
        static Before of(Collection<?> collection) {
            List<@Nullable Object> elements = new ArrayList<>();
            int left = collection.size();
            for (Object element : collection) {
                left = Parts.requireLeft(left);
                elements.add(element);
            }
            Parts.requireNoneLeft(left);
            return new Before(collection, elements, collection.iterator());
        }

        @SuppressWarnings("ReferenceEquality") // the very same
        void requireUnchanged() {
            boolean unchanged = collection.size() == elements.size();
            for (Object element : elements) {
                unchanged = unchanged && iterator.hasNext() && iterator.next() == element;
            }
            if (!unchanged) {
                throw new ConcurrentModificationException("other elements than before they were written");
            }
        }
    }

    private final List<Before> met = new ArrayList<>();

    /**
     * Looks at an object that is about to be written.
     *
     * @throws ConcurrentModificationException when another thread is changing it, or has broken it
     */
    void meet(Object object) {
        boolean counted = object instanceof HashMap
                || object instanceof LinkedList
                || object instanceof IdentityHashMap
                || object instanceof PriorityQueue;
        if (counted && OPEN_TO_LOOK_AT.get(object.getClass())) {
            met.add(Before.of(object instanceof Map<?, ?> map ? map.keySet() : (Collection<?>) object));
        }
    }

    /** @throws ConcurrentModificationException when one of those that were met has been changed since */
    void requireUnchanged() {
        met.forEach(Before::requireUnchanged);
    }

    private static boolean isOfJdk(Class<?> type, String method) {
        try {
            return SerializerRouter.isJdkClass(type.getMethod(method).getDeclaringClass());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("each " + type + " has it", e);
        }
    }
}
