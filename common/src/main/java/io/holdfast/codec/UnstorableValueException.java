package io.holdfast.codec;

/**
 * Found while encoding: an object that cannot be stored. Collects the way to it while it passes through the serializers
 * of the objects around it, and becomes a {@link NotEncodableException} at the end.
 */
final class UnstorableValueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Class<?> type;
    private final String reason;
    private String path = "";

    UnstorableValueException(Class<?> type, String reason) {
        // No stack trace: only its class and its path are shown.
        super(reason, null, false, false);
        this.type = type;
        this.reason = reason;
    }

    static UnstorableValueException filtered(Class<?> type) {
        return new UnstorableValueException(type, "the class filter refuses it; the setting classFilter can allow it");
    }

    /** Notes that the object was found in {@code step}, a field written as {@code Class.field}. */
    void foundIn(String step) {
        path = path.isEmpty() ? step : step + " > " + path;
    }

    NotEncodableException asNotEncodable() {
        return new NotEncodableException(type.getName(), path.isEmpty() ? reason : reason + "; it is in " + path, null);
    }
}
