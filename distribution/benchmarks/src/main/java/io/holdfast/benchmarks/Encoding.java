package io.holdfast.benchmarks;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.session.EncodedValue;

/** The ways of encoding that are compared. */
public enum Encoding {
    JAVA {
        @Override
        Encoder encoder(ClassLoader applicationLoader) {
            return new JavaSerializationEncoder(applicationLoader);
        }
    },
    HOLDFAST {
        @Override
        Encoder encoder(ClassLoader applicationLoader) {
            AttributeCodec codec = new KryoAttributeCodec(applicationLoader, value -> false);
            return new Encoder() {
                @Override
                public EncodedValue encode(Object value) {
                    return codec.encode(value);
                }

                @Override
                public Object decode(EncodedValue encoded) {
                    return codec.decode(encoded);
                }
            };
        }
    };

    /** Encodes and decodes; for many threads at once. */
    interface Encoder {
        EncodedValue encode(Object value);

        Object decode(EncodedValue encoded);
    }

    abstract Encoder encoder(ClassLoader applicationLoader);
}
