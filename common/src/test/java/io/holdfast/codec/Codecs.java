package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.session.EncodedValue;
import io.holdfast.session.ValueFlags;

/** A codec for the tests' own classes, and what tests do with it all the time. */
final class Codecs {
    private static final AttributeCodec CODEC = codec(Codecs.class.getClassLoader());

    private Codecs() {}

    static AttributeCodec codec(ClassLoader loader) {
        return new KryoAttributeCodec(loader, value -> false);
    }

    static EncodedValue encode(Object value) {
        return CODEC.encode(value);
    }

    static Object decode(EncodedValue value) {
        return CODEC.decode(value);
    }

    /** What another node would get. */
    @SuppressWarnings("unchecked") // the caller knows what went in
    static <T> T roundTrip(T value) {
        Object decoded = CODEC.decode(CODEC.encode(value));
        assertThat(decoded).isExactlyInstanceOf(value.getClass()).isNotNull();
        return (T) decoded;
    }

    static boolean usesKryo(Object value) {
        return ValueFlags.codec(encode(value).flags()) == ValueFlags.KRYO;
    }

    static boolean isImmutable(Object value) {
        return CODEC.isImmutable(value);
    }
}
