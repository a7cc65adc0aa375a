package io.holdfast.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;

/** Java serialization of a whole attribute, with the application's classes and with limits on what is read. */
final class JavaSerialization implements Encoding {
    /** Hash tables announce arrays of several slots for each stored entry. */
    private static final long ARRAY_SLOTS_PER_BYTE = 16;

    private static final long SMALL_ARRAY = 4_096;

    private final ApplicationLoader loader;
    private final int maxBytes;
    private final int maxDepth;

    JavaSerialization(ApplicationLoader loader, int maxBytes, int maxDepth) {
        this.loader = loader;
        this.maxBytes = maxBytes;
        this.maxDepth = maxDepth;
    }

    /** Java serialization does not tell how deep it descends; if it may have been too deep, only reading tells. */
    @Override
    public byte[] write(Object value, int depth) throws IOException, ClassNotFoundException {
        LimitedBytes bytes = new LimitedBytes(maxBytes);
        boolean suspect;
        try (ApplicationOutputStream output = new ApplicationOutputStream(bytes, loader.filter())) {
            output.writeObject(value);
            if (output.wroteNothing()) {
                throw new UnstorableValueException(value.getClass(), "its writeReplace answers null");
            }
            output.requireUnchanged();
            suspect = output.mayHaveDescended(maxDepth);
        }
        byte[] payload = bytes.toByteArray();
        if (suspect) {
            read(payload, new RootClass(name -> true), depth);
        }
        return payload;
    }

    @Override
    public Object read(byte[] payload, RootClass root, int depth) throws IOException, ClassNotFoundException {
        try (ApplicationInputStream input =
                new ApplicationInputStream(new ByteArrayInputStream(payload), loader, root)) {
            input.setObjectInputFilter(limits(payload.length, depth));
            return input.readObject();
        }
    }

    /** Believes no lengths of arrays the payload is too short for, all of them together. The JVM-wide filter, if any, has its say too. */
    private static ObjectInputFilter limits(int payloadBytes, int depth) {
        long maxSlots = SMALL_ARRAY + ARRAY_SLOTS_PER_BYTE * payloadBytes;
        long[] slots = new long[1];
        ObjectInputFilter limits = info -> {
            slots[0] += Math.max(info.arrayLength(), 0);
            if (info.depth() > depth) {
                throw new NestedTooDeepException(depth);
            }
            return slots[0] > maxSlots || info.references() > payloadBytes
                    ? ObjectInputFilter.Status.REJECTED
                    : ObjectInputFilter.Status.UNDECIDED;
        };
        ObjectInputFilter jvmWide = ObjectInputFilter.Config.getSerialFilter();
        return jvmWide == null ? limits : ObjectInputFilter.merge(limits, jvmWide);
    }
}
