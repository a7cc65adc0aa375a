package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import org.jspecify.annotations.Nullable;

/**
 * What is read in place of an object the application no longer has the class of, or of an enum constant it no longer has. It does no harm where nobody wants it any
 * more: a new release may have dropped a field together with the class of its values. Whatever holds one is missing itself, see
 * {@link ReadParts}, and when that goes for the attribute's value, the attribute is unreadable.
 *
 * @param className the class that is missing, or has not what was stored
 * @param reason what is wrong
 * @param cause why the class was not found; null: it was
 */
record MissingObject(
        String className, String reason, @Nullable ClassNotFoundException cause) {
    MissingObject(String className, ClassNotFoundException cause) {
        this(className, "the application has no such class", cause);
    }

    /** Stands for enums, whose constants are stored without references. */
    private enum MissingEnum {}

    /** A class that is missing, as if Kryo knew it. */
    static Registration registration(String className, boolean isEnum, ClassNotFoundException cause) {
        Class<?> standIn = isEnum ? MissingEnum.class : MissingObject.class;
        return new Registration(standIn, new Skipper(className, isEnum, cause), DefaultClassResolver.NAME);
    }

    /** {@code part}, which must not be missing. */
    static @Nullable Object required(@Nullable Object part) {
        if (part instanceof MissingObject missing) {
            throw missing.failure();
        }
        return part;
    }

    UndecodableValueException failure() {
        return cause == null
                ? new UndecodableValueException(className, reason)
                : new UndecodableValueException(className, reason, cause);
    }

    /** Reads over objects of one missing class. Beans and records name their fields, so their classes are not needed. */
    static final class Skipper extends Serializer<Object> {
        private final MissingObject missing;
        private final boolean isEnum;
        private final StoredFields noFields = new StoredFields(Object.class);

        private Skipper(String className, boolean isEnum, ClassNotFoundException cause) {
            this.missing = new MissingObject(className, cause);
            this.isEnum = isEnum;
        }

        MissingObject missing() {
            return missing;
        }

        @Override
        public void write(Kryo kryo, Output output, Object object) {
            throw new IllegalStateException("what is missing is never written");
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<?> type) {
            if (isEnum) {
                input.readString();
                return missing;
            }
            kryo.reference(missing);
            boolean array = missing.className().startsWith("[");
            int parts = array
                    ? Parts.readCount(input)
                    : noFields.readOrder(kryo, input).size();
            for (int i = 0; i < parts; i++) {
                Parts.readEvenMissing(kryo, input);
            }
            return missing;
        }
    }
}
