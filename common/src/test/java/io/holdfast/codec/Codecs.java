package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.AttributeSettings;
import io.holdfast.config.HoldfastSettings;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.ValueFlags;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A codec for the tests' own classes, and what tests do with it all the time. */
final class Codecs {
    private static final AttributeCodec CODEC = codec(Codecs.class.getClassLoader());

    private Codecs() {}

    static AttributeCodec codec(ClassLoader loader) {
        return new KryoAttributeCodec(loader, value -> false);
    }

    /** One for the tests' own classes with one setting, as it would be written in a configuration file. */
    static AttributeCodec codec(String setting, String value) {
        return new KryoAttributeCodec(Codecs.class.getClassLoader(), object -> false, settings(setting, value));
    }

    static AttributeSettings settings(String setting, String value) {
        return HoldfastSettings.builder()
                .set("redisUri", "redis://localhost")
                .set("namespace", "shop")
                .set(setting, value)
                .build()
                .attributes();
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

    /** A list of {@code value} that a JDK class takes care of, so that all of it goes through Java serialization. */
    static List<Object> heldByJava(Object value) {
        return Collections.unmodifiableList(new ArrayList<>(List.of(value)));
    }

    /** What another node would get of a value that is in something that needs Java serialization. */
    static Object roundTripInJava(Object value) {
        return roundTrip(heldByJava(value)).get(0);
    }

    static boolean usesKryo(Object value) {
        return ValueFlags.codec(encode(value).flags()) == ValueFlags.KRYO;
    }

    static boolean isImmutable(Object value) {
        return CODEC.isImmutable(value);
    }
}
