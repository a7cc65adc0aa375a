package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stores maps that start empty and are filled: the comparator if the class has one, a count, keys and values in turn.
 * What {@link ElementsSerializer} says holds here too.
 */
final class EntriesSerializer<M extends Map<Object, Object>> extends Serializer<M> {
    private final Function<@Nullable Comparator<Object>, M> creator;
    private final @Nullable Function<M, @Nullable Comparator<?>> comparatorOf;

    private EntriesSerializer(
            Function<@Nullable Comparator<Object>, M> creator,
            @Nullable Function<M, @Nullable Comparator<?>> comparatorOf) {
        this.creator = creator;
        this.comparatorOf = comparatorOf;
    }

    static <M extends Map<Object, Object>> EntriesSerializer<M> unsorted(Supplier<M> creator) {
        return new EntriesSerializer<>(comparator -> creator.get(), null);
    }

    static <M extends Map<Object, Object>> EntriesSerializer<M> sorted(
            Function<@Nullable Comparator<Object>, M> creator, Function<M, @Nullable Comparator<?>> comparatorOf) {
        return new EntriesSerializer<>(creator, comparatorOf);
    }

    @Override
    public void write(Kryo kryo, Output output, M map) {
        if (comparatorOf != null) {
            Parts.write(kryo, output, comparatorOf.apply(map));
        }
        Parts.writeEntries(kryo, output, map);
    }

    @Override
    @SuppressWarnings("unchecked") // a comparator that does not fit fails at the first comparison
    public M read(Kryo kryo, Input input, Class<? extends M> type) {
        ReadParts parts = new ReadParts(kryo, input);
        Comparator<Object> comparator = comparatorOf == null ? null : (Comparator<Object>) parts.next();
        M map = creator.apply(comparator);
        kryo.reference(map);
        int count = Parts.readCount(input);
        for (int i = 0; i < count; i++) {
            Object key = parts.next();
            Object value = parts.next();
            if (parts.areComplete()) {
                map.put(key, value);
            }
        }
        return parts.madeInto(map);
    }
}
