package io.holdfast.redis;

import java.nio.ByteBuffer;

/** Numbers in as few bytes as they need: base 128, least significant group first, high bit set on all bytes but the last. */
final class Varint {
    /** Bytes of the longest number. */
    static final int MAX_LENGTH = 10;

    private static final int GROUP_BITS = 7;
    private static final int GROUP_MASK = 0x7f;
    private static final int MORE = 0x80;

    private Varint() {}

    static void write(ByteBuffer out, long value) {
        long rest = value;
        while ((rest & ~GROUP_MASK) != 0) {
            out.put((byte) ((rest & GROUP_MASK) | MORE));
            rest >>>= GROUP_BITS;
        }
        out.put((byte) rest);
    }

    /**
     * @throws IllegalArgumentException when there is no end within {@link #MAX_LENGTH} bytes
     * @throws java.nio.BufferUnderflowException when the buffer ends first
     */
    static long read(ByteBuffer in) {
        long value = 0;
        for (int i = 0; i < MAX_LENGTH; i++) {
            byte group = in.get();
            value |= (long) (group & GROUP_MASK) << (i * GROUP_BITS);
            if (group >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("number of more than " + MAX_LENGTH + " bytes");
    }

    /** Maps numbers near zero, of either sign, to small non-negative ones. */
    static long zigzag(long value) {
        return (value << 1) ^ (value >> (Long.SIZE - 1));
    }

    /** Reverses {@link #zigzag}. */
    static long unzigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }
}
