package io.holdfast.codec;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.KryoBufferUnderflowException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads one payload, and believes no length in it that the payload is too short for: damaged bytes must end in an
 * exception, not in an array of two billion elements. Never changes the payload, whereas {@link Input} would compact it.
 */
final class BoundedInput extends Input {
    private static final byte[] NOTHING = {};
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long SIGN_BITS = 0x8080808080808080L;

    /** Some texts are announced twice, while it is found out how to read them. */
    private static final long ANNOUNCED_PER_BYTE = 3;

    private long announced;

    BoundedInput() {
        super(NOTHING);
    }

    /** Begins to read another payload. */
    void begin(byte[] payload) {
        announced = 0;
        setBuffer(payload);
    }

    /** Lets go of the payload. */
    void release() {
        setBuffer(NOTHING);
    }

    /** The next byte, which stays unread; -1: there is none, or it is negative. */
    int peek() {
        return position < limit ? Math.max(buffer[position], -1) : -1;
    }

    void skipByte() {
        position++;
    }

    /** Reads ASCII as a whole where {@link Input} goes by characters; anything else is left to it. */
    @Override
    public @Nullable String readString() {
        int start = position;
        if (start < limit && buffer[start] < 0) {
            int length = readVarIntFlag(true) - 1;
            if (length > 0 && isAscii(position, length)) {
                String text = new String(buffer, position, length, StandardCharsets.ISO_8859_1);
                position += length;
                return text;
            }
            position = start;
        }
        return super.readString();
    }

    private boolean isAscii(int from, int length) {
        int at = from;
        int end = from + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            if (((long) LONGS.get(buffer, at) & SIGN_BITS) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (buffer[at] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Reads the number of parts that follow, each of them at least one byte long. */
    int readCount() {
        return checked(readVarInt(true));
    }

    /** Each part takes a byte, so all that is announced in one payload cannot be much more than its length. */
    private int checked(int count) {
        announced += Math.max(count, 0);
        if (count < 0 || count > limit - position || announced > ANNOUNCED_PER_BYTE * limit) {
            throw underflow(count);
        }
        return count;
    }

    private KryoBufferUnderflowException underflow(int count) {
        return new KryoBufferUnderflowException((limit - position) + " bytes left where " + count + " should follow");
    }

    @Override
    protected int require(int required) {
        int remaining = limit - position;
        if (remaining < required) {
            throw underflow(required);
        }
        return remaining;
    }

    @Override
    protected int optional(int optional) {
        int remaining = limit - position;
        return remaining == 0 ? -1 : Math.min(remaining, optional);
    }

    /** Reads the length of a string plus one; Kryo uses it for nothing else. */
    @Override
    public int readVarIntFlag(boolean optimizePositive) {
        int lengthPlusOne = super.readVarIntFlag(optimizePositive);
        checked(Math.max(lengthPlusOne - 1, 0));
        return lengthPlusOne;
    }

    @Override
    public byte[] readBytes(int length) {
        return super.readBytes(checked(length));
    }

    @Override
    public int[] readInts(int length) {
        return super.readInts(checked(length));
    }

    @Override
    public int[] readInts(int length, boolean optimizePositive) {
        return super.readInts(checked(length), optimizePositive);
    }

    @Override
    public long[] readLongs(int length) {
        return super.readLongs(checked(length));
    }

    @Override
    public long[] readLongs(int length, boolean optimizePositive) {
        return super.readLongs(checked(length), optimizePositive);
    }

    @Override
    public float[] readFloats(int length) {
        return super.readFloats(checked(length));
    }

    @Override
    public double[] readDoubles(int length) {
        return super.readDoubles(checked(length));
    }

    @Override
    public short[] readShorts(int length) {
        return super.readShorts(checked(length));
    }

    @Override
    public char[] readChars(int length) {
        return super.readChars(checked(length));
    }

    @Override
    public boolean[] readBooleans(int length) {
        return super.readBooleans(checked(length));
    }
}
