package io.holdfast.tracking;

import java.util.AbstractSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Objects that somebody was handed, to be found by the name of their attribute. Safe for many threads; iterates as it is at the time. */
final class HandedOut extends AbstractSet<LiveValue> {
    private final Map<String, Set<LiveValue>> byName = new ConcurrentHashMap<>();

    /** Those of one attribute. */
    Set<LiveValue> of(String name) {
        return byName.getOrDefault(name, Set.of());
    }

    @Override
    public boolean add(LiveValue live) {
        if (of(live.name).contains(live)) {
            return false;
        }
        byName.compute(live.name, (name, known) -> {
            Set<LiveValue> objects = known == null ? ConcurrentHashMap.newKeySet() : known;
            objects.add(live);
            return objects;
        });
        return true;
    }

    @Override
    public boolean contains(Object object) {
        return object instanceof LiveValue live && of(live.name).contains(live);
    }

    @Override
    public boolean remove(Object object) {
        if (!contains(object)) {
            return false;
        }
        LiveValue live = (LiveValue) object;
        byName.computeIfPresent(
                live.name, (name, objects) -> objects.remove(live) && objects.isEmpty() ? null : objects);
        return true;
    }

    @Override
    public boolean removeAll(Collection<?> objects) {
        boolean changed = false;
        for (Object object : objects) {
            changed |= remove(object);
        }
        return changed;
    }

    @Override
    public boolean removeIf(Predicate<? super LiveValue> which) {
        return removeAll(stream().filter(which).toList());
    }

    @Override
    public Iterator<LiveValue> iterator() {
        Iterator<Set<LiveValue>> names = byName.values().iterator();
        return new Iterator<>() {
            private Iterator<LiveValue> ofOneName = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!ofOneName.hasNext() && names.hasNext()) {
                    ofOneName = names.next().iterator();
                }
                return ofOneName.hasNext();
            }

            @Override
            public LiveValue next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return ofOneName.next();
            }
        };
    }

    @Override
    public int size() {
        int size = 0;
        for (Set<LiveValue> objects : byName.values()) {
            size += objects.size();
        }
        return size;
    }

    @Override
    public boolean isEmpty() {
        return byName.isEmpty();
    }
}
