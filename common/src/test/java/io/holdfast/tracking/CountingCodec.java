package io.holdfast.tracking;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.session.EncodedValue;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The real codec, which also counts what it decodes. */
final class CountingCodec implements AttributeCodec {
    /** Bytes that no codec wrote. */
    static final EncodedValue DAMAGED = new EncodedValue(255, new byte[] {1, 2, 3});

    final AtomicInteger decoded = new AtomicInteger();
    boolean listeners;
    private final AttributeCodec codec =
            new KryoAttributeCodec(CountingCodec.class.getClassLoader(), value -> listeners);

    @Override
    public EncodedValue encode(Object value) {
        return codec.encode(value);
    }

    @Override
    public Object decode(EncodedValue value, Predicate<String> wantedClasses) {
        decoded.incrementAndGet();
        return codec.decode(value, wantedClasses);
    }

    @Override
    public boolean isImmutable(Object value) {
        return codec.isImmutable(value);
    }

    @Override
    public List<Object> changeableParts(Object value) {
        return codec.changeableParts(value);
    }

    @Override
    public boolean isBindingListener(EncodedValue value) {
        return codec.isBindingListener(value);
    }
}
