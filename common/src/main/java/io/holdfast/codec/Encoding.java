package io.holdfast.codec;

import org.jspecify.annotations.Nullable;

/** One way to turn objects into bytes and back. Both directions descend into the object graph by recursion. */
interface Encoding {
    /** Null when this encoding cannot store the value faithfully. */
    byte @Nullable [] write(Object value, int depth) throws Exception;

    @Nullable
    Object read(byte[] payload, RootClass root, int depth) throws Exception;
}
