package io.holdfast.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * Found while encoding: an object that cannot be stored. Collects the way to it while it passes through the serializers
 * of the objects around it, and becomes a {@link NotEncodableException} at the end.
 */
final class UnstorableValueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final int SHOWN_AT_EACH_END = 8;

    private final Class<?> type;
    private final String reason;
    private final transient List<String> path = new ArrayList<>(); // never serialized itself

    UnstorableValueException(Class<?> type, String reason) {
        // No stack trace: only its class and its path are shown.
        super(reason, null, false, false);
        this.type = type;
        this.reason = reason;
    }

    static UnstorableValueException filtered(Class<?> type) {
        return new UnstorableValueException(type, "the class filter refuses it; the setting classFilter can allow it");
    }

    /** The class at fault. */
    Class<?> type() {
        return type;
    }

    /** Notes that the object was found in {@code step}, a field written as {@code Class.field}. */
    void foundIn(String step) {
        path.add(0, step);
        if (path.size() > 2 * SHOWN_AT_EACH_END) {
            path.remove(SHOWN_AT_EACH_END);
            path.set(SHOWN_AT_EACH_END, "…");
        }
    }

    NotEncodableException asNotEncodable() {
        String way = path.isEmpty() ? "" : "; it is in " + String.join(" > ", path);
        return new NotEncodableException(type.getName(), reason + way, null);
    }
}
