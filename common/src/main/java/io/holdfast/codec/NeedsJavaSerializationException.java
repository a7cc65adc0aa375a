package io.holdfast.codec;

/**
 * Found while encoding with Kryo: an object only Java serialization can store faithfully. The whole attribute is then
 * encoded that way.
 */
final class NeedsJavaSerializationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NeedsJavaSerializationException() {
        // No stack trace: it carries nothing, and many attributes meet it each time they are encoded.
        super("needs Java serialization", null, false, false);
    }
}
