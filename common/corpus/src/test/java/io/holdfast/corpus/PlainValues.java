package io.holdfast.corpus;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

/** Values whose text says all, and of which nobody cares which of two equal ones he holds. */
final class PlainValues {
    private static final List<Class<?>> TYPES = List.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            BigInteger.class,
            UUID.class,
            URI.class,
            URL.class,
            Currency.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class);

    private PlainValues() {}

    static boolean is(Object value) {
        Class<?> type = value.getClass();
        return TYPES.contains(type)
                || value instanceof Enum
                || value instanceof Class
                || value instanceof Pattern
                || value instanceof Locale
                || type.getName().startsWith("java.time.");
    }

    static String describe(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.getDeclaringClass().getName() + "." + constant.name();
        }
        if (value instanceof Class<?> type) {
            return "class " + type.getName();
        }
        if (value instanceof Pattern pattern) {
            return "pattern " + pattern.pattern() + " " + pattern.flags();
        }
        if (value instanceof Locale locale) {
            return "locale " + locale + " " + locale.toLanguageTag() + " " + locale.getUnicodeLocaleKeys();
        }
        return value.getClass().getName() + " \"" + value + "\"";
    }
}
