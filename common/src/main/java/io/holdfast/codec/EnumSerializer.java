package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.HashMap;
import java.util.Map;

/** Stores enum constants by name: by position, a constant added in the middle would turn one into another. */
final class EnumSerializer extends Serializer<Object> {
    private final Class<?> enumType;
    private volatile Map<String, Enum<?>> constants = Map.of();

    EnumSerializer(Class<?> enumType) {
        this.enumType = enumType;
    }

    @Override
    public void write(Kryo kryo, Output output, Object constant) {
        output.writeString(((Enum<?>) constant).name());
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<?> type) {
        String name = input.readString();
        if (constants.isEmpty() && enumType.isEnum()) {
            constants = constantsByName(); // not before: it initializes the enum
        }
        Enum<?> constant = name == null ? null : constants.get(name);
        return constant == null
                ? new MissingObject(enumType.getName(), "it does not have the stored constant", null)
                : constant;
    }

    private Map<String, Enum<?>> constantsByName() {
        Map<String, Enum<?>> byName = new HashMap<>();
        for (Object constant : enumType.getEnumConstants()) {
            Enum<?> known = (Enum<?>) constant;
            byName.put(known.name(), known);
        }
        return byName;
    }
}
