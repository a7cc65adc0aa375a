package io.holdfast.codec;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.List;

/**
 * The elements of a set that is a view, on their way into the stored form; a {@code LinkedHashSet} when they are read. Not a set
 * itself, because that would ask the elements for hash codes while the application is only storing them.
 */
final class ViewOfSet extends AbstractCollection<Object> {
    private final List<Object> elements;

    ViewOfSet(List<Object> elements) {
        this.elements = elements;
    }

    @Override
    public Iterator<Object> iterator() {
        return elements.iterator();
    }

    @Override
    public int size() {
        return elements.size();
    }
}
