package io.holdfast.corpus;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes, of a value, another one of the same type. */
final class OtherValues {
    private OtherValues() {}

    /** Null when {@code value} is null or of a type that has no simple other value. */
    static @Nullable Object than(@Nullable Object value) {
        if (value instanceof String text) {
            return text + "~";
        }
        if (value instanceof Boolean flag) {
            return !flag;
        }
        if (value instanceof Character letter) {
            return (char) (letter + 1);
        }
        if (value instanceof Number number) {
            return than(number);
        }
        if (value instanceof LocalDate date) {
            return date.plusDays(1);
        }
        if (value instanceof Enum<?> constant) {
            List<?> constants = List.of(constant.getDeclaringClass().getEnumConstants());
            int next = (constants.indexOf(constant) + 1) % constants.size();
            return constants.size() == 1 ? null : constants.get(next);
        }
        return null;
    }

    private static @Nullable Object than(Number number) {
        if (number instanceof Byte small) {
            return (byte) (small + 1);
        }
        if (number instanceof Short medium) {
            return (short) (medium + 1);
        }
        if (number instanceof Integer usual) {
            return usual + 1;
        }
        if (number instanceof Long large) {
            return large + 1;
        }
        if (number instanceof Float inexact) {
            return inexact == 1f ? 2f : 1f;
        }
        if (number instanceof Double precise) {
            return precise == 1d ? 2d : 1d;
        }
        return number instanceof BigDecimal decimal ? decimal.add(BigDecimal.ONE) : null;
    }
}
