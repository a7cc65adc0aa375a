package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;

/** Stores {@code EnumSet} and {@code EnumMap}: the enum class, a count, constants by name (and values in turn). */
@SuppressWarnings({"rawtypes", "unchecked"}) // the enum class is known at run time only
final class EnumKeyedSerializers {
    private EnumKeyedSerializers() {}

    private static void writeEnumType(Kryo kryo, Output output, Enum<?> constant) {
        kryo.writeClass(output, constant.getDeclaringClass());
    }

    private static EnumSerializer readEnumType(Kryo kryo, Input input) {
        Registration registration = kryo.readClass(input);
        if (registration != null && registration.getSerializer() instanceof EnumSerializer constants) {
            return constants;
        }
        if (registration != null && registration.getSerializer() instanceof MissingObject.Skipper missing) {
            throw missing.failure();
        }
        throw new KryoException("an enum class should follow");
    }

    static final class Sets extends Serializer<EnumSet> {
        @Override
        public void write(Kryo kryo, Output output, EnumSet set) {
            EnumSet<?> witness = set.isEmpty() ? EnumSet.complementOf(set) : set;
            if (witness.isEmpty()) {
                throw new NeedsJavaSerializationException(); // an enum without constants
            }
            writeEnumType(kryo, output, witness.iterator().next());
            int announced = set.size();
            output.writeVarInt(announced, true);
            int written = 0;
            for (Object constant : set) {
                output.writeString(((Enum<?>) constant).name());
                written++;
            }
            Parts.requireEqual(announced, written);
        }

        @Override
        public EnumSet read(Kryo kryo, Input input, Class<? extends EnumSet> type) {
            EnumSerializer constants = readEnumType(kryo, input);
            EnumSet set = EnumSet.noneOf((Class) constants.enumType());
            int count = Parts.readCount(input);
            for (int i = 0; i < count; i++) {
                set.add(constants.read(input));
            }
            return set;
        }
    }

    /** An empty map does not tell its enum class: that one needs Java serialization. */
    static final class Maps extends Serializer<EnumMap> {
        @Override
        public void write(Kryo kryo, Output output, EnumMap map) {
            Map<Enum<?>, Object> entries = map;
            if (entries.isEmpty()) {
                throw new NeedsJavaSerializationException();
            }
            writeEnumType(kryo, output, entries.keySet().iterator().next());
            int announced = entries.size();
            output.writeVarInt(announced, true);
            int written = 0;
            for (Map.Entry<Enum<?>, Object> entry : entries.entrySet()) {
                output.writeString(entry.getKey().name());
                Parts.write(kryo, output, entry.getValue());
                written++;
            }
            Parts.requireEqual(announced, written);
        }

        @Override
        public EnumMap read(Kryo kryo, Input input, Class<? extends EnumMap> type) {
            EnumSerializer constants = readEnumType(kryo, input);
            EnumMap map = new EnumMap((Class) constants.enumType());
            kryo.reference(map);
            int count = Parts.readCount(input);
            for (int i = 0; i < count; i++) {
                map.put(constants.read(input), Parts.read(kryo, input));
            }
            return map;
        }
    }
}
