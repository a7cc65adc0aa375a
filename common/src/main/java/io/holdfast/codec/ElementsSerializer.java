package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stores collections that start empty and are filled: the comparator if the class has one, a count, the elements.
 *
 * <p>Kryo's own serializer trusts {@code size()} when a concurrent collection changes under it, which garbles the rest
 * of the attribute, and trusts stored sizes when it reads.
 */
final class ElementsSerializer<C extends Collection<Object>> extends Serializer<C> {
    private final Function<@Nullable Comparator<Object>, C> creator;
    private final @Nullable Function<C, @Nullable Comparator<?>> comparatorOf;

    private ElementsSerializer(
            Function<@Nullable Comparator<Object>, C> creator,
            @Nullable Function<C, @Nullable Comparator<?>> comparatorOf) {
        this.creator = creator;
        this.comparatorOf = comparatorOf;
    }

    static <C extends Collection<Object>> ElementsSerializer<C> unsorted(Supplier<C> creator) {
        return new ElementsSerializer<>(comparator -> creator.get(), null);
    }

    static <C extends Collection<Object>> ElementsSerializer<C> sorted(
            Function<@Nullable Comparator<Object>, C> creator, Function<C, @Nullable Comparator<?>> comparatorOf) {
        return new ElementsSerializer<>(creator, comparatorOf);
    }

    @Override
    public void write(Kryo kryo, Output output, C collection) {
        if (comparatorOf != null) {
            Parts.write(kryo, output, comparatorOf.apply(collection));
        }
        Parts.writeElements(kryo, output, collection);
    }

    @Override
    @SuppressWarnings("unchecked") // a comparator that does not fit fails at the first comparison
    public C read(Kryo kryo, Input input, Class<? extends C> type) {
        ReadParts parts = new ReadParts(kryo, input);
        Comparator<Object> comparator = comparatorOf == null ? null : (Comparator<Object>) parts.next();
        C collection = creator.apply(comparator);
        kryo.reference(collection);
        List<@Nullable Object> elements = Parts.readElements(parts, input);
        if (parts.areComplete()) {
            // At once, not one by one: a copy-on-write list would copy itself for each element.
            collection.addAll(elements);
        }
        return parts.madeInto(collection);
    }
}
