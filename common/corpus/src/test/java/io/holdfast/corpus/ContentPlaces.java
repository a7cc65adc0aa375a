package io.holdfast.corpus;

import java.lang.reflect.Proxy;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.PriorityBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Elements of collections, and keys and values of maps. */
@SuppressWarnings("unchecked") // what does not fit is refused by the collection, or is what raw types allow
final class ContentPlaces {
    private ContentPlaces() {}

    static void add(List<Place> places, Object object, Random random) {
        if (!Graph.hasContentsAtHand(object)) {
            return;
        }
        if (object instanceof Map<?, ?> map) {
            addMap(places, (Map<Object, Object>) map, random);
        } else if (object instanceof List<?> list) {
            addList(places, (List<Object>) list, random);
        } else if (object instanceof Collection<?> collection) {
            addCollection(places, (Collection<Object>) collection);
        } else if (object instanceof Map.Entry<?, ?> entry && !Proxy.isProxyClass(object.getClass())) {
            Map.Entry<Object, Object> writable = (Map.Entry<Object, Object>) entry;
            Object old = entry.getValue();
            places.add(Place.exact(
                    "value of an entry", () -> writable.setValue(otherOr(old)), () -> writable.setValue(old)));
        }
    }

    private static Object otherOr(@Nullable Object old) {
        Object other = OtherValues.than(old);
        return other == null ? "another" : other;
    }

    private static void addList(List<Place> places, List<Object> list, Random random) {
        String name = list.getClass().getSimpleName();
        Object added = otherOr(list.isEmpty() ? null : list.get(0));
        places.add(Place.exact("added to " + name, () -> list.add(added), () -> list.remove(list.size() - 1)));
        if (list.isEmpty()) {
            return;
        }
        int index = random.nextInt(list.size());
        Object old = list.get(index);
        places.add(Place.exact(
                "element " + index + " of " + name, () -> list.set(index, otherOr(old)), () -> list.set(index, old)));
        places.add(Place.exact("removed from " + name, () -> list.remove(index), () -> list.add(index, old)));
    }

    private static void addCollection(List<Place> places, Collection<Object> collection) {
        Object added =
                collection.isEmpty() ? "another" : otherOr(collection.iterator().next());
        while (contains(collection, added)) {
            Object next = OtherValues.than(added);
            if (next == null || next instanceof Enum || next instanceof Boolean) {
                return;
            }
            added = next;
        }
        Object finallyAdded = added;
        boolean reorders = collection instanceof PriorityQueue || collection instanceof PriorityBlockingQueue;
        places.add(new Place(
                "added to " + collection.getClass().getSimpleName(),
                () -> collection.add(finallyAdded),
                () -> collection.remove(finallyAdded),
                !reorders));
        if (!collection.isEmpty()) {
            if (onlyRemoves(collection)) {
                Runnable removal = () -> collection.remove(collection.iterator().next());
                places.add(Place.forGood("removed from a view", removal));
                return;
            }
            Object removed = collection.iterator().next();
            places.add(Place.inexact(
                    "removed from " + collection.getClass().getSimpleName(),
                    () -> collection.remove(removed),
                    () -> collection.add(removed)));
        }
    }

    private static boolean contains(Collection<Object> collection, Object element) {
        try {
            return collection.contains(element);
        } catch (ClassCastException e) {
            return false; // not to be compared with what is there
        }
    }

    /** Such a view of a map lets nobody put back what he has removed. */
    private static boolean onlyRemoves(Collection<Object> collection) {
        if (collection instanceof ConcurrentHashMap.KeySetView<?, ?> view) {
            return view.getMappedValue() == null;
        }
        Class<?> enclosing = collection.getClass().getEnclosingClass();
        // Map.of(…) takes its views from the latter two.
        return enclosing != null
                && Map.class.isAssignableFrom(enclosing)
                && enclosing != AbstractMap.class
                && !enclosing.getName().startsWith("java.util.ImmutableCollections");
    }

    private static void addMap(List<Place> places, Map<Object, Object> map, Random random) {
        String name = map.getClass().getSimpleName();
        boolean orderOfAccess = map instanceof LinkedHashMap && map.getClass() != LinkedHashMap.class;
        if (map.isEmpty()) {
            places.add(Place.exact("put into " + name, () -> map.put("another", "x"), () -> map.remove("another")));
            return;
        }
        List<Object> keys = new ArrayList<>(map.keySet());
        Object key = keys.get(random.nextInt(keys.size()));
        Object old = map.get(key);
        places.add(new Place(
                "value in " + name, () -> map.put(key, otherOr(old)), () -> map.put(key, old), !orderOfAccess));
        Object newKey = OtherValues.than(key);
        if (newKey != null && !map.containsKey(newKey)) {
            places.add(Place.exact("put into " + name, () -> map.put(newKey, old), () -> map.remove(newKey)));
        }
        places.add(Place.inexact("removed from " + name, () -> map.remove(key), () -> map.put(key, old)));
    }
}
