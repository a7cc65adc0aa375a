package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.holdfast.codec.StoredFields.StoredField;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores records by component names and creates them through their canonical constructor. A component that was not
 * stored gets its type's default, as in Java serialization; Kryo's own serializer fails on it.
 */
final class RecordSerializer extends BuiltAtOnceSerializer<Object> {
    private final StoredFields fields;
    private final Constructor<?> constructor;
    private final Map<String, Integer> positions = new HashMap<>();

    RecordSerializer(Class<?> type) {
        fields = new StoredFields(type);
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            positions.put(components[i].getName(), i);
        }
        try {
            constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type.getName() + " is a record without canonical constructor", e);
        }
    }

    @Override
    void writeParts(Kryo kryo, Output output, Object object) {
        fields.write(kryo, output, object);
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<?> type) {
        @Nullable Object[] arguments = defaults();
        ReadParts parts = new ReadParts(kryo, input);
        for (StoredField stored : fields.readOrder(kryo, input)) {
            Object value = Parts.readEvenMissing(kryo, input);
            Integer position = stored == null ? null : positions.get(stored.storedName());
            if (position != null) {
                arguments[position] = parts.required(value);
            }
        }
        if (parts.missing() != null) {
            return parts.missing();
        }
        try {
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new UndecodableValueException(
                    type.getName(), "its constructor does not accept the stored components", e);
        }
    }

    private @Nullable Object[] defaults() {
        Class<?>[] types = constructor.getParameterTypes();
        @Nullable Object[] defaults = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            // The only element of a new array is the default of its type.
            defaults[i] = Array.get(Array.newInstance(types[i], 1), 0);
        }
        return defaults;
    }
}
