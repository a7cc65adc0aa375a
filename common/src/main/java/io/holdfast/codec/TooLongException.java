package io.holdfast.codec;

/** Found while encoding or decoding: more bytes than are allowed. */
final class TooLongException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int limit;

    TooLongException(int limit) {
        super("longer than " + limit + " bytes", null, false, false);
        this.limit = limit;
    }

    /** For an operator. */
    String reason() {
        return "its encoded form is longer than " + limit + " bytes; the setting maxAttributeBytes has the limit";
    }
}
