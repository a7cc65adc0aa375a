package io.holdfast.codec;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Knows which values can never be changed in place. */
final class ImmutableTypes {
    /** Records nested deeper count as mutable: looking further would cost more than encoding them. */
    private static final int MAX_NESTING = 8;

    /** Exact classes: {@code BigDecimal} and others can be extended by something mutable. */
    private static final Set<Class<?>> VALUES = Set.of(
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
            Pattern.class,
            Currency.class,
            Locale.class,
            Class.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class,
            Instant.class,
            LocalDate.class,
            LocalDateTime.class,
            LocalTime.class,
            OffsetDateTime.class,
            OffsetTime.class,
            ZonedDateTime.class,
            Duration.class,
            Period.class,
            Year.class,
            YearMonth.class,
            MonthDay.class);

    private static final ClassValue<Field[]> RECORD_FIELDS = new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
            Field[] fields = type.getDeclaredFields();
            for (Field field : fields) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                }
            }
            return fields;
        }
    };

    private static final ClassValue<Boolean> IS_VALUE = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return VALUES.contains(type) || Enum.class.isAssignableFrom(type) || ZoneId.class.isAssignableFrom(type);
        }
    };

    private ImmutableTypes() {}

    /**
     * True when all instances of exactly this class are immutable and nobody should care which of two equal ones he
     * holds. Kryo does not track references to them, so this set is part of the stored format: it must not shrink or
     * grow.
     */
    static boolean isValue(Class<?> type) {
        return IS_VALUE.get(type);
    }

    /** True when {@code value} and all it is made of are immutable; false when in doubt. */
    static boolean isImmutable(Object value) {
        return isImmutable(value, MAX_NESTING);
    }

    private static boolean isImmutable(Object value, int nesting) {
        if (isValue(value.getClass())) {
            return true;
        }
        if (nesting == 0) {
            return false;
        }
        if (value instanceof Optional<?> optional) {
            return optional.isEmpty() || isImmutable(optional.get(), nesting - 1);
        }
        return value instanceof Record && hasImmutableComponents(value, nesting - 1);
    }

    private static boolean hasImmutableComponents(Object value, int nesting) {
        try {
            for (Field field : RECORD_FIELDS.get(value.getClass())) {
                if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
                    continue;
                }
                Object component = field.get(value);
                if (component != null && !isImmutable(component, nesting)) {
                    return false;
                }
            }
            return true;
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            return false;
        }
    }
}
