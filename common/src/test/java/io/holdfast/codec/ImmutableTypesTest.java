package io.holdfast.codec;

import static io.holdfast.codec.Codecs.isImmutable;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Only what nobody can change in place is spared the search for changes. */
@SuppressWarnings({"JavaUtilDate", "UnnecessaryStringBuilder"}) // what applications use
class ImmutableTypesTest {
    record Name(String first, @SuppressWarnings("unused") int age) {
        static final List<String> SHARED = new ArrayList<>();
    }

    record Person(Name name, Object anything) {}

    static class MutableNumber extends BigDecimal {
        private static final long serialVersionUID = 1;

        MutableNumber() {
            super(1);
        }
    }

    static List<Object> immutable() {
        return List.of(
                "text",
                1,
                1L,
                true,
                'c',
                1.0,
                DayOfWeek.MONDAY,
                BigDecimal.ONE,
                BigInteger.ONE,
                new UUID(1, 2),
                URI.create("a"),
                Locale.ROOT,
                Currency.getInstance("EUR"),
                Pattern.compile("a"),
                String.class,
                Instant.EPOCH,
                LocalDate.EPOCH,
                ZoneOffset.UTC,
                ZoneId.of("Europe/Paris"),
                OptionalInt.of(1),
                Optional.empty(),
                Optional.of("text"),
                new Name("a", 1),
                new Person(new Name("a", 1), null),
                new Person(new Name("a", 1), Optional.of(new Name("b", 2))));
    }

    static List<Object> mutable() {
        return List.of(
                new Date(),
                new StringBuilder("text"),
                new AtomicInteger(),
                new int[0],
                new ArrayList<>(),
                List.of("text"),
                Collections.unmodifiableList(new ArrayList<>()),
                TimeZone.getDefault(),
                new MutableNumber(),
                Optional.of(new ArrayList<>()),
                new Person(new Name("a", 1), new Date()),
                new Object());
    }

    @ParameterizedTest
    @MethodSource("immutable")
    void valueThatCannotChange_isImmutable(Object value) {
        assertThat(isImmutable(value)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("mutable")
    void valueThatMayChange_isNotImmutable(Object value) {
        assertThat(isImmutable(value)).isFalse();
    }

    @Test
    void recordsNestedTooDeep_areNotSearched() {
        Object nested = "text";
        for (int i = 0; i < 1_000; i++) {
            nested = new Person(new Name("a", 1), nested);
        }
        assertThat(isImmutable(nested)).isFalse();
    }
}
