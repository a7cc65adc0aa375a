package io.holdfast.codec;

/**
 * The bits of {@link io.holdfast.session.EncodedValue#flags()}.
 *
 * <pre>
 * bit 0     0: the payload is Kryo's, 1: the payload is a Java serialization stream
 * bit 1     1: the value wants to hear that it is bound or unbound
 * bits 2-7  0; a value with one of them set comes from a newer version and is unreadable
 * </pre>
 */
final class EncodingFlags {
    static final int JAVA_SERIALIZATION = 1;
    static final int BINDING_LISTENER = 1 << 1;

    private static final int KNOWN = JAVA_SERIALIZATION | BINDING_LISTENER;

    private EncodingFlags() {}

    static boolean isJavaSerialization(int flags) {
        return (flags & JAVA_SERIALIZATION) != 0;
    }

    static boolean isBindingListener(int flags) {
        return (flags & BINDING_LISTENER) != 0;
    }

    static boolean isKnown(int flags) {
        return (flags & ~KNOWN) == 0;
    }
}
