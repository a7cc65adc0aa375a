package io.holdfast.codec;

/** Found while encoding or decoding: more objects are nested in each other than is allowed, on this thread or at all. */
final class NestedTooDeepException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int limit;

    NestedTooDeepException(int limit) {
        // No stack trace: it is deep and says nothing.
        super("nested deeper than " + limit + " objects", null, false, false);
        this.limit = limit;
    }

    /** For an operator. */
    String reason() {
        return "it is nested deeper than " + limit + " objects; the setting maxAttributeDepth has the limit";
    }
}
