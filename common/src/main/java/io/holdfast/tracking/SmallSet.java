package io.holdfast.tracking;

import java.util.AbstractSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/**
 * A set that many threads change, and that seldom holds more than a few: an immutable one that is replaced at each change. Iterates as it
 * is at the time. While it is empty it takes next to no memory. The monitor is a leaf.
 */
final class SmallSet<E> extends AbstractSet<E> {
    private volatile Set<E> elements = Set.of();

    @Override
    public synchronized boolean add(E element) {
        if (elements.contains(element)) {
            return false;
        }
        elements = elements.isEmpty() ? Set.of(element) : with(element);
        return true;
    }

    @Override
    public synchronized boolean remove(Object element) {
        if (!elements.contains(element)) {
            return false;
        }
        elements = elements.size() == 1 ? Set.of() : without(element);
        return true;
    }

    private Set<E> with(E element) {
        Set<E> more = new HashSet<>(elements);
        more.add(element);
        return Set.copyOf(more);
    }

    private Set<E> without(Object element) {
        Set<E> fewer = new HashSet<>(elements);
        fewer.remove(element);
        return Set.copyOf(fewer);
    }

    @Override
    public boolean contains(Object element) {
        return elements.contains(element);
    }

    @Override
    public Iterator<E> iterator() {
        return elements.iterator();
    }

    @Override
    public int size() {
        return elements.size();
    }
}
