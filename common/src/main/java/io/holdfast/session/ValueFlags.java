package io.holdfast.session;

/**
 * The bits of {@link EncodedValue#flags()}.
 *
 * <pre>
 * bits 0-2  codec: 0 Kryo, 1 Java serialization; others come from a newer version
 * bit  3    1: the value wants to hear that it is bound or unbound
 * bit  4    1: the payload is compressed
 * bit  5    1: the payload is encrypted, after it was compressed if it was
 * bits 6-7  0; a value with one of them set comes from a newer version
 * </pre>
 *
 * A value from a newer version is unreadable, which costs that attribute and nothing else.
 */
public final class ValueFlags {
    public static final int KRYO = 0;
    public static final int JAVA_SERIALIZATION = 1;
    public static final int BINDING_LISTENER = 1 << 3;
    public static final int COMPRESSED = 1 << 4;
    public static final int ENCRYPTED = 1 << 5;

    private static final int CODEC = 0b111;
    private static final int KNOWN = CODEC | BINDING_LISTENER | COMPRESSED | ENCRYPTED;

    private ValueFlags() {}

    /** Number of the codec. */
    public static int codec(int flags) {
        return flags & CODEC;
    }

    /** Whether all of {@code bits} are set. */
    public static boolean has(int flags, int bits) {
        return (flags & bits) == bits;
    }

    /** Whether this version knows all that is set, whatever the codec. */
    public static boolean areKnown(int flags) {
        return (flags & ~KNOWN) == 0 && codec(flags) <= JAVA_SERIALIZATION;
    }
}
