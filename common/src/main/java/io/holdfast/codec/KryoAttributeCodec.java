package io.holdfast.codec;

import io.holdfast.session.EncodedValue;
import java.util.function.Predicate;

/** placeholder */
public final class KryoAttributeCodec implements AttributeCodec {
    public KryoAttributeCodec(ClassLoader applicationLoader, Predicate<Object> bindingListener) {}
    @Override public EncodedValue encode(Object value) { throw new UnsupportedOperationException(); }
    @Override public Object decode(EncodedValue value) { throw new UnsupportedOperationException(); }
    @Override public boolean isImmutable(Object value) { return false; }
    @Override public boolean isBindingListener(EncodedValue value) { return false; }
}
