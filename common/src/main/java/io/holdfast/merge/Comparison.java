package io.holdfast.merge;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.session.EncodedValue;
import java.net.URL;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether two objects that were decoded separately hold the same, whatever their own {@code equals} says: many classes
 * define none, and that of others, such as entities, looks at an id only. Values of the JDK are equal or not; the JDK's maps,
 * sets and lists hold the same when their contents do, in the same order where there is one; all else holds the same when it is
 * encoded the same.
 *
 * <p>For one merge, by one thread. What it may cost is bounded: objects that refer to each other back and forth are encoded
 * again and again.
 */
final class Comparison {
    /** Of containers nested deeper, the inner ones are encoded to compare them. */
    private static final int MAX_DEPTH = 100;

    /** To look at one object takes about as long as to encode so many bytes. */
    private static final int BYTES_PER_LOOK = 16;

    private final AttributeCodec codec;
    private final IdentityHashMap<Object, EncodedValue> encoded = new IdentityHashMap<>();

    /** The containers that are being looked into. */
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private long budget;

    /**
     * For one merge.
     *
     * @param budget the number of bytes it may encode, and looks at objects count as some
     */
    Comparison(AttributeCodec codec, long budget) {
        this.codec = codec;
        this.budget = budget;
    }

    /**
     * Compares.
     *
     * @throws UnmergeableException when it would cost too much
     * @throws io.holdfast.codec.NotEncodableException when something in one of them cannot be encoded by itself
     */
    @SuppressWarnings("ReferenceEquality") // a shortcut
    boolean same(@Nullable Object one, @Nullable Object other) throws UnmergeableException {
        spend(BYTES_PER_LOOK);
        if (one == other) {
            return true;
        }
        if (one == null || other == null || one.getClass() != other.getClass()) {
            return false;
        }
        if (isValue(one)) {
            return one.equals(other);
        }
        if (Counters.areCounters(one, other)) {
            return Counters.valueOf(one) == Counters.valueOf(other);
        }
        boolean looksInto = Containers.isContainer(one) && Containers.isPlain(one) && open.size() < MAX_DEPTH;
        if (!looksInto || !open.add(one)) {
            return encoded(one).equals(encoded(other));
        }
        try {
            return sameContent(one, other);
        } finally {
            open.remove(one);
        }
    }

    /** Whether its class never changes and its {@code equals} says all there is to say. */
    private boolean isValue(Object object) {
        return !(object instanceof Record)
                && !(object instanceof Optional)
                && !(object instanceof URL) // which asks the network
                && codec.isImmutable(object);
    }

    private boolean sameContent(Object one, Object other) throws UnmergeableException {
        if (Containers.size(one) != Containers.size(other)) {
            return false;
        }
        if (Containers.isUnordered(one)) {
            return sameEntries(Entries.of(one), Entries.of(other));
        }
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> otherMap) {
            return sameElements(map.keySet(), otherMap.keySet()) && sameElements(map.values(), otherMap.values());
        }
        return sameElements((Collection<?>) one, (Collection<?>) other);
    }

    private boolean sameEntries(Entries one, Entries other) throws UnmergeableException {
        for (Object key : one.keys()) {
            if (!other.has(key)) {
                return encodedEntries(one).equals(encodedEntries(other)); // keys may lack an equals
            }
            if (!same(one.get(key), other.get(key))) {
                return false;
            }
        }
        return true;
    }

    private boolean sameElements(Collection<?> one, Collection<?> other) throws UnmergeableException {
        Iterator<?> others = other.iterator();
        for (Object element : one) {
            if (!others.hasNext() || !same(element, others.next())) {
                return false;
            }
        }
        return !others.hasNext();
    }

    /** How often there are which entries. */
    private Map<EncodedValue, Integer> encodedEntries(Entries entries) throws UnmergeableException {
        Map<EncodedValue, Integer> counts = new HashMap<>();
        for (Object key : entries.keys()) {
            counts.merge(encode(Arrays.asList(key, entries.get(key))), 1, Integer::sum);
        }
        return counts;
    }

    private EncodedValue encoded(Object object) throws UnmergeableException {
        EncodedValue known = encoded.get(object);
        if (known != null) {
            return known;
        }
        EncodedValue value = encode(object);
        encoded.put(object, value);
        return value;
    }

    private EncodedValue encode(Object object) throws UnmergeableException {
        EncodedValue value = codec.encode(object);
        spend(value.size());
        return value;
    }

    private void spend(long amount) throws UnmergeableException {
        budget -= amount;
        if (budget < 0) {
            throw UnmergeableException.ofTheWhole(
                    "its objects refer to each other in so many ways that comparing them " + "would take too long");
        }
    }
}
