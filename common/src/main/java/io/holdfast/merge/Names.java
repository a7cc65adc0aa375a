package io.holdfast.merge;

import org.jspecify.annotations.Nullable;

/** Names classes of values for an operator. */
final class Names {
    private Names() {}

    static String of(@Nullable Object value) {
        return value == null ? "null" : value.getClass().getTypeName();
    }
}
