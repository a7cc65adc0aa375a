package io.holdfast.codec;

import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the values most objects are made of, to the bytes Kryo itself would write: the number it has for the class,
 * then the value. It saves looking up class and serializer for each of them, which is most of the work.
 */
final class FrequentValues {
    /** What {@link #read} gives when something else follows. */
    static final Object NONE = new Object();

    // Kryo's numbers for null and for the classes it knows from the start
    private static final int NULL = 0;
    private static final int INTEGER = 2;
    private static final int STRING = 3;
    private static final int BOOLEAN = 5;
    private static final int LONG = 9;
    private static final int DOUBLE = 10;

    private FrequentValues() {}

    /** Whether it was such a value. */
    static boolean write(Output output, @Nullable Object value) {
        if (value == null) {
            output.writeByte(NULL);
        } else if (value instanceof String text) {
            output.writeByte(STRING);
            output.writeString(text);
        } else if (value instanceof Integer number) {
            writeInt(output, number);
        } else if (value instanceof Long number) {
            writeLong(output, number);
        } else if (value instanceof Boolean flag) {
            output.writeByte(BOOLEAN);
            output.writeBoolean(flag);
        } else if (value instanceof Double number) {
            output.writeByte(DOUBLE);
            output.writeDouble(number);
        } else {
            return false;
        }
        return true;
    }

    static void writeInt(Output output, int number) {
        output.writeByte(INTEGER);
        output.writeInt(number, false);
    }

    static void writeLong(Output output, long number) {
        output.writeByte(LONG);
        output.writeVarLong(number, false);
    }

    /** The value that follows, or {@link #NONE}, and then nothing was read. */
    static @Nullable Object read(BoundedInput input) {
        int number = input.peek();
        switch (number) {
            case NULL, STRING, INTEGER, LONG, BOOLEAN, DOUBLE -> input.skipByte();
            default -> {
                return NONE;
            }
        }
        return switch (number) {
            case STRING -> input.readString();
            case INTEGER -> input.readInt(false);
            case LONG -> input.readVarLong(false);
            case BOOLEAN -> input.readBoolean();
            case DOUBLE -> input.readDouble();
            default -> null;
        };
    }
}
