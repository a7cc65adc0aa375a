package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.holdfast.codec.StoredFields.StoredField;
import org.jspecify.annotations.Nullable;
import org.objenesis.instantiator.ObjectInstantiator;
import org.objenesis.strategy.StdInstantiatorStrategy;

/**
 * Stores objects of plain classes by their {@link StoredFields}. As in Java serialization, no constructor of theirs
 * runs when they are read, and fields that were not stored have their type's default.
 */
final class BeanSerializer extends Serializer<Object> {
    private final StoredFields fields;
    private final ObjectInstantiator<?> instantiator;

    BeanSerializer(Class<?> type) {
        fields = new StoredFields(type);
        instantiator = new StdInstantiatorStrategy().newInstantiatorOf(type);
    }

    @Override
    public void write(Kryo kryo, Output output, Object object) {
        fields.write(kryo, output, object);
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<?> type) {
        Object object = instantiator.newInstance();
        kryo.reference(object);
        ReadParts parts = new ReadParts(kryo, input);
        for (StoredField stored : fields.readOrder(kryo, input)) {
            // Read in any case: a later reference may mean this value, even if nobody has a field for it any more.
            Object value = Parts.readEvenMissing(kryo, input);
            if (stored != null && !(value instanceof MissingObject)) {
                set(object, stored, value);
            } else if (stored != null) {
                parts.required(value);
            }
        }
        return parts.madeInto(object);
    }

    private static void set(Object object, StoredField stored, @Nullable Object value) {
        try {
            stored.field().set(object, value);
        } catch (IllegalArgumentException | NullPointerException | IllegalAccessException e) {
            throw new UndecodableValueException(
                    object.getClass().getName(), "the stored " + stored.displayName() + " no longer fits the field", e);
        }
    }
}
