package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stores objects that must be given all their parts when they are created, and so cannot be referred to from within:
 * records, {@code List.of(...)}, optionals. Refuses one that contains itself instead of losing that reference.
 */
abstract class BuiltAtOnceSerializer<T> extends Serializer<T> {
    /** Stores objects that {@code partsOf} takes apart and {@code assemble} puts together. */
    static <T> BuiltAtOnceSerializer<T> of(Function<T, List<?>> partsOf, Function<List<@Nullable Object>, T> assemble) {
        return new BuiltAtOnceSerializer<>() {
            @Override
            void writeParts(Kryo kryo, Output output, T object) {
                Parts.writeElements(kryo, output, partsOf.apply(object));
            }

            @Override
            @SuppressWarnings("unchecked") // nobody takes a missing object for what it stands for
            public T read(Kryo kryo, Input input, Class<? extends T> type) {
                ReadParts parts = new ReadParts(kryo, input);
                List<@Nullable Object> elements = Parts.readElements(parts, input);
                MissingObject missing = parts.missing();
                return missing == null ? assemble.apply(elements) : (T) missing;
            }
        };
    }

    abstract void writeParts(Kryo kryo, Output output, T object);

    @Override
    public final void write(Kryo kryo, Output output, T object) {
        SharedObjects sharedObjects = (SharedObjects) kryo.getReferenceResolver();
        sharedObjects.begin(object);
        writeParts(kryo, output, object);
        sharedObjects.end(object);
    }
}
