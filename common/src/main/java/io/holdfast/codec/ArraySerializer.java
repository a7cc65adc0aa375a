package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Array;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Stores arrays of objects: a count and the elements. */
final class ArraySerializer extends Serializer<@Nullable Object[]> {
    @Override
    public void write(Kryo kryo, Output output, @Nullable Object[] array) {
        Parts.writeElements(kryo, output, Arrays.asList(array));
    }

    @Override
    public @Nullable Object[] read(Kryo kryo, Input input, Class<? extends @Nullable Object[]> type) {
        int count = Parts.readCount(input);
        @Nullable Object[] array = (@Nullable Object[]) Array.newInstance(type.getComponentType(), count);
        kryo.reference(array);
        ReadParts parts = new ReadParts(kryo, input);
        for (int i = 0; i < count; i++) {
            array[i] = parts.next();
        }
        return parts.madeInto(array);
    }
}
