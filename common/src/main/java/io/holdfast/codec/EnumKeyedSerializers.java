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
import org.jspecify.annotations.Nullable;

/** Stores {@code EnumSet} and {@code EnumMap}: the enum class, a count, constants by name (and values in turn). */
@SuppressWarnings({"rawtypes", "unchecked"}) // the enum class is known at run time only
final class EnumKeyedSerializers {
    private EnumKeyedSerializers() {}

    private static void writeEnumType(Kryo kryo, Output output, Enum<?> constant) {
        kryo.writeClass(output, constant.getDeclaringClass());
    }

    /** The class of the constants that follow; a stand-in when the application does not have it. */
    private static Registration readEnumType(Kryo kryo, Input input, ReadParts parts) {
        Registration registration = kryo.readClass(input);
        if (registration == null || !registration.getType().isEnum()) {
            throw new KryoException("an enum class should follow");
        }
        if (registration.getSerializer() instanceof MissingObject.Skipper skipper) {
            parts.required(skipper.missing());
        }
        return registration;
    }

    /** Null when its class is missing. */
    private static @Nullable Object readConstant(Kryo kryo, Input input, Registration type, ReadParts parts) {
        return parts.required(type.getSerializer().read(kryo, input, type.getType()));
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
            int left = announced;
            for (Object constant : set) {
                left = Parts.requireLeft(left);
                output.writeString(((Enum<?>) constant).name());
            }
            Parts.requireNoneLeft(left);
        }

        @Override
        public EnumSet read(Kryo kryo, Input input, Class<? extends EnumSet> type) {
            ReadParts parts = new ReadParts(kryo, input);
            Registration enumType = readEnumType(kryo, input, parts);
            EnumSet set = EnumSet.noneOf(enumType.getType());
            int count = Parts.readCount(input);
            for (int i = 0; i < count; i++) {
                Object constant = readConstant(kryo, input, enumType, parts);
                if (parts.areComplete()) {
                    set.add(constant);
                }
            }
            return parts.madeInto(set);
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
            int left = announced;
            for (Map.Entry<Enum<?>, Object> entry : entries.entrySet()) {
                left = Parts.requireLeft(left);
                output.writeString(entry.getKey().name());
                Parts.write(kryo, output, entry.getValue());
            }
            Parts.requireNoneLeft(left);
        }

        @Override
        public EnumMap read(Kryo kryo, Input input, Class<? extends EnumMap> type) {
            ReadParts parts = new ReadParts(kryo, input);
            Registration enumType = readEnumType(kryo, input, parts);
            EnumMap map = new EnumMap(enumType.getType());
            kryo.reference(map);
            int count = Parts.readCount(input);
            for (int i = 0; i < count; i++) {
                Object constant = readConstant(kryo, input, enumType, parts);
                Object value = parts.next();
                if (parts.areComplete()) {
                    map.put(constant, value);
                }
            }
            return parts.madeInto(map);
        }
    }
}
