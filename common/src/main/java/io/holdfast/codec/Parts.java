package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes and reads what objects are made of: any object or null, each with its class. */
final class Parts {
    /** Room made in advance for parts that are only announced; beyond it, lists grow with what really comes. */
    private static final int MAX_INITIAL_CAPACITY = 1_000;

    private Parts() {}

    static void write(Kryo kryo, Output output, @Nullable Object part) {
        if (FrequentValues.write(output, part)) {
            return;
        }
        SessionKryo sessionKryo = (SessionKryo) kryo;
        sessionKryo.requireDepth();
        kryo.writeClassAndObject(output, sessionKryo.sharedObjects().standInFor(Objects.requireNonNull(part)));
    }

    /** Reads what {@link #write} has written; fails when the application no longer has the class. */
    static @Nullable Object read(Kryo kryo, Input input) {
        return MissingObject.required(readEvenMissing(kryo, input));
    }

    /** Like {@link #read}, but what the application no longer has the class of is a {@link MissingObject}. */
    @SuppressWarnings("ReferenceEquality") // with a marker
    static @Nullable Object readEvenMissing(Kryo kryo, Input input) {
        Object value = FrequentValues.read((BoundedInput) input);
        if (value != FrequentValues.NONE) {
            return value;
        }
        SessionKryo sessionKryo = (SessionKryo) kryo;
        sessionKryo.requireDepth();
        return sessionKryo.sharedObjects().orMissing(kryo.readClassAndObject(input));
    }

    /**
     * Writes a count and the elements.
     *
     * @throws ConcurrentModificationException also when there turn out to be more or fewer elements than
     *     {@code size()} said, for collections that allow changes during iteration
     */
    static void writeElements(Kryo kryo, Output output, Collection<?> elements) {
        int announced = elements.size();
        output.writeVarInt(announced, true);
        int left = announced;
        for (Object element : elements) {
            left = requireLeft(left);
            write(kryo, output, element);
        }
        requireNoneLeft(left);
    }

    /** As {@link #writeElements}, each key followed by its value. */
    static void writeEntries(Kryo kryo, Output output, Map<?, ?> entries) {
        int announced = entries.size();
        output.writeVarInt(announced, true);
        int left = announced;
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            left = requireLeft(left);
            write(kryo, output, entry.getKey());
            write(kryo, output, entry.getValue());
        }
        requireNoneLeft(left);
    }

    /** Counts announced elements down, and ends circles: threads can break a collection so that it has no end. */
    static int requireLeft(int left) {
        if (left == 0) {
            throw new ConcurrentModificationException("more elements than were announced");
        }
        return left - 1;
    }

    static void requireNoneLeft(int left) {
        if (left > 0) {
            throw new ConcurrentModificationException(left + " elements fewer than were announced");
        }
    }

    static int readCount(Input input) {
        return ((BoundedInput) input).readCount();
    }

    static List<@Nullable Object> readElements(ReadParts parts, Input input) {
        int count = readCount(input);
        List<@Nullable Object> elements = new ArrayList<>(Math.min(count, MAX_INITIAL_CAPACITY));
        for (int i = 0; i < count; i++) {
            elements.add(parts.next());
        }
        return elements;
    }
}
