package io.holdfast.consistency.linearizability;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.session.EncodedValue;
import java.util.List;
import java.util.function.Predicate;

/** Texts only. The real codec is safe for many threads and has its own tests; here it would only take time. */
final class TextCodec implements AttributeCodec {
    @Override
    public EncodedValue encode(Object value) {
        return new EncodedValue(0, value.toString().getBytes(UTF_8));
    }

    @Override
    public Object decode(EncodedValue value, Predicate<String> wantedClasses) {
        return new String(value.payload(), UTF_8);
    }

    @Override
    public boolean isImmutable(Object value) {
        return true;
    }

    @Override
    public List<Object> changeableParts(Object value) {
        return List.of();
    }

    @Override
    public boolean isBindingListener(EncodedValue value) {
        return false;
    }
}
