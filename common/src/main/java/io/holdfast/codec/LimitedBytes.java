package io.holdfast.codec;

import java.io.ByteArrayOutputStream;

/** Collects bytes up to a limit. */
final class LimitedBytes extends ByteArrayOutputStream {
    private static final int INITIAL_BYTES = 512;

    private final int max;

    LimitedBytes(int max) {
        super(INITIAL_BYTES);
        this.max = max;
    }

    @Override
    public synchronized void write(int value) {
        require(1);
        super.write(value);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        require(length);
        super.write(bytes, offset, length);
    }

    private void require(int length) {
        if (length > max - count) {
            throw new TooLongException(max);
        }
    }
}
