package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stores collections and maps that start empty and are filled: the comparator if the class has one, a count, the elements, or
 * keys and values in turn.
 *
 * <p>Kryo's own serializers trust {@code size()} when a concurrent collection changes under them, which garbles the rest of
 * the attribute, and trust stored sizes when they read.
 */
final class FilledSerializer<C> extends Serializer<C> {
    private interface Content<C> {
        void write(Kryo kryo, Output output, C filled);

        /** Fills with what is there, unless a part of it is missing. */
        void read(ReadParts parts, Input input, C empty);
    }

    private static final Content<Collection<Object>> ELEMENTS = new Content<>() {
        @Override
        public void write(Kryo kryo, Output output, Collection<Object> filled) {
            Parts.writeElements(kryo, output, filled);
        }

        @Override
        public void read(ReadParts parts, Input input, Collection<Object> empty) {
            List<@Nullable Object> elements = Parts.readElements(parts, input);
            if (parts.areComplete()) {
                // At once, not one by one: a copy-on-write list would copy itself for each element.
                empty.addAll(elements);
            }
        }
    };

    private static final Content<Map<Object, Object>> ENTRIES = new Content<>() {
        @Override
        public void write(Kryo kryo, Output output, Map<Object, Object> filled) {
            Parts.writeEntries(kryo, output, filled);
        }

        @Override
        public void read(ReadParts parts, Input input, Map<Object, Object> empty) {
            int count = Parts.readCount(input);
            for (int i = 0; i < count; i++) {
                Object key = parts.next();
                Object value = parts.next();
                if (parts.areComplete()) {
                    empty.put(key, value);
                }
            }
        }
    };

    private final Content<? super C> content;
    private final Function<@Nullable Comparator<Object>, C> creator;
    private final @Nullable Function<C, @Nullable Comparator<?>> comparatorOf;

    private FilledSerializer(
            Content<? super C> content,
            Function<@Nullable Comparator<Object>, C> creator,
            @Nullable Function<C, @Nullable Comparator<?>> comparatorOf) {
        this.content = content;
        this.creator = creator;
        this.comparatorOf = comparatorOf;
    }

    static <C extends Collection<Object>> FilledSerializer<C> ofElements(Supplier<C> creator) {
        return new FilledSerializer<>(ELEMENTS, comparator -> creator.get(), null);
    }

    static <C extends Collection<Object>> FilledSerializer<C> ofSortedElements(
            Function<@Nullable Comparator<Object>, C> creator, Function<C, @Nullable Comparator<?>> comparatorOf) {
        return new FilledSerializer<>(ELEMENTS, creator, comparatorOf);
    }

    static <M extends Map<Object, Object>> FilledSerializer<M> ofEntries(Supplier<M> creator) {
        return new FilledSerializer<>(ENTRIES, comparator -> creator.get(), null);
    }

    static <M extends Map<Object, Object>> FilledSerializer<M> ofSortedEntries(
            Function<@Nullable Comparator<Object>, M> creator, Function<M, @Nullable Comparator<?>> comparatorOf) {
        return new FilledSerializer<>(ENTRIES, creator, comparatorOf);
    }

    @Override
    public void write(Kryo kryo, Output output, C filled) {
        if (comparatorOf != null) {
            Parts.write(kryo, output, comparatorOf.apply(filled));
        }
        content.write(kryo, output, filled);
    }

    @Override
    public C read(Kryo kryo, Input input, Class<? extends C> type) {
        return read(kryo, input);
    }

    @SuppressWarnings("unchecked") // a comparator that does not fit fails at the first comparison
    C read(Kryo kryo, Input input) {
        ReadParts parts = new ReadParts(kryo, input);
        Comparator<Object> comparator = comparatorOf == null ? null : (Comparator<Object>) parts.next();
        C empty = creator.apply(comparator);
        kryo.reference(empty);
        content.read(parts, input, empty);
        return parts.madeInto(empty);
    }
}
