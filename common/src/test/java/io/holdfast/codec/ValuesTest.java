package io.holdfast.codec;

import static io.holdfast.codec.Codecs.roundTrip;
import static io.holdfast.codec.Codecs.roundTripInJava;
import static io.holdfast.codec.Codecs.usesKryo;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.sql.Timestamp;
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
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.HijrahDate;
import java.time.chrono.JapaneseDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of the JDK come back equal. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // what applications use
class ValuesTest {
    /** Texts cut in the middle of an emoji, too. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 31, 32, 33, 40, 70_000})
    void texts_ofAllLetters_areKept(int length) {
        String ascii = "a".repeat(length);
        for (String text : List.of(
                ascii,
                ascii + "?",
                ascii + "é",
                ascii + "€",
                ascii + "😀",
                ascii + "\uD83D",
                "\uDE00" + ascii,
                ascii + "\uD83D" + ascii)) {
            assertThat(roundTrip(text)).isEqualTo(text);
            assertThat(roundTrip(new ArrayList<>(List.of(text)))).containsExactly(text);
        }
        assertThat(Codecs.encode(ascii + "\uD83D")).isNotEqualTo(Codecs.encode(ascii + "\uDE00"));
    }

    enum Shape {
        CIRCLE,
        SQUARE {
            @Override
            int corners() {
                return 4;
            }
        };

        int corners() {
            return 0;
        }
    }

    static List<Object> valuesKeptByKryo() throws Exception {
        return Arrays.asList(
                "",
                "plain",
                "żółw 亀 🐢",
                "lone surrogate \uD83D!",
                "x".repeat(5_000),
                "ü".repeat(5_000),
                0,
                -1,
                Integer.MAX_VALUE,
                Integer.MIN_VALUE,
                0L,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                (short) -7,
                (byte) -128,
                'ß',
                true,
                false,
                1.5f,
                Float.NaN,
                -0.0d,
                Double.NaN,
                Double.MIN_VALUE,
                BigInteger.ZERO,
                BigInteger.TEN.pow(60).negate(),
                BigDecimal.ZERO,
                new BigDecimal("0.00"),
                new BigDecimal("-123456789012345678901234.5678"),
                new BigDecimal("1E+2147483647"),
                new BigDecimal("1E-2147483647"),
                BigDecimal.valueOf(Long.MIN_VALUE, 3),
                UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
                URI.create("https://user@example.org:8443/a%20b?q=ü#f"),
                new URL("https://example.org/path?q=1"),
                Currency.getInstance("EUR"),
                Locale.GERMANY,
                Locale.ROOT,
                Locale.forLanguageTag("zh-Hant-TW-u-ca-roc"),
                Locale.forLanguageTag("ja-JP-u-ca-japanese-x-lvariant-JP"),
                new Locale("no", "NO", "NY"),
                new Locale("ja", "JP", "JP"),
                new Locale("iw"),
                new Locale("xx", "", "odd variant"),
                Shape.CIRCLE,
                Shape.SQUARE,
                TimeUnit.DAYS,
                String.class,
                int.class,
                void.class,
                int[].class,
                String[][].class,
                Shape.class,
                Runnable.class,
                Optional.empty(),
                Optional.of("there"),
                OptionalInt.empty(),
                OptionalInt.of(-3),
                OptionalLong.of(4),
                OptionalDouble.of(-0.5),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                BitSet.valueOf(new long[] {1, 0, 1L << 63}),
                new Date(0),
                new Date(-1),
                new Date(Long.MIN_VALUE),
                new java.sql.Date(1),
                new java.sql.Time(1),
                timestamp("2024-02-29 23:59:59.123456789"),
                timestamp("1900-01-01 00:00:00.000000001"),
                TimeZone.getTimeZone("Europe/Paris"),
                TimeZone.getTimeZone("GMT+05:30"),
                calendar(TimeZone.getTimeZone("America/New_York")),
                Instant.EPOCH,
                Instant.MIN,
                Instant.MAX,
                Instant.parse("1969-12-31T23:59:59.999999999Z"),
                LocalDate.MIN,
                LocalDate.of(2024, 2, 29),
                LocalTime.MAX,
                LocalTime.NOON,
                LocalTime.of(1, 2, 3),
                LocalDateTime.MAX,
                OffsetTime.MIN,
                OffsetDateTime.MAX,
                Year.of(-1),
                YearMonth.of(2024, 12),
                MonthDay.of(2, 29),
                Duration.ofSeconds(-1, 1),
                Period.of(-1, 2, -3),
                ZoneOffset.ofHoursMinutesSeconds(-3, -7, -9),
                ZoneId.of("Europe/Paris"),
                ZoneId.of("UTC+2"),
                overlap().withEarlierOffsetAtOverlap(),
                overlap().withLaterOffsetAtOverlap(),
                ZonedDateTime.of(LocalDateTime.MIN, ZoneOffset.UTC));
    }

    static List<Object> valuesKeptByJavaSerialization() throws Exception {
        TimeZone shifted = TimeZone.getTimeZone("Europe/Paris");
        shifted.setRawOffset(1);
        return List.of(
                InetAddress.getByAddress("host", new byte[] {10, 0, 0, 1}),
                new File("/tmp/file"),
                new SimpleTimeZone(3_600_000, "Europe/Paris"),
                shifted,
                calendar(new SimpleTimeZone(1_000, "odd")),
                HijrahDate.of(1445, 1, 1),
                JapaneseDate.of(2024, 5, 1),
                Calendar.getInstance(Locale.forLanguageTag("ja-JP-u-ca-japanese")));
    }

    private static Timestamp timestamp(String text) {
        return Timestamp.valueOf(text);
    }

    private static ZonedDateTime overlap() {
        return ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, ZoneId.of("Europe/Paris"));
    }

    private static GregorianCalendar calendar(TimeZone zone) {
        GregorianCalendar calendar = new GregorianCalendar(zone);
        calendar.setGregorianChange(new Date(Long.MIN_VALUE));
        calendar.setTimeInMillis(1_234_567_890_123L);
        calendar.setLenient(false);
        calendar.setFirstDayOfWeek(Calendar.WEDNESDAY);
        calendar.setMinimalDaysInFirstWeek(6);
        return calendar;
    }

    @ParameterizedTest
    @MethodSource("valuesKeptByKryo")
    void value_comesBackEqual(Object value) {
        assertThat(roundTrip(value)).isEqualTo(value);
        assertThat(usesKryo(value)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("valuesKeptByJavaSerialization")
    void valueKryoWouldDamage_comesBackEqual(Object value) {
        assertThat(roundTrip(value)).isEqualTo(value);
        assertThat(usesKryo(value)).isFalse();
    }

    @Test
    void patterns_keepTextAndFlags() {
        Pattern pattern = roundTrip(Pattern.compile("a+b", Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
        assertThat(pattern.pattern()).isEqualTo("a+b");
        assertThat(pattern.flags()).isEqualTo(Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    @Test
    void holdersAndBuilders_keepTheirContent() {
        assertThat(roundTrip(new AtomicInteger(-7)).get()).isEqualTo(-7);
        assertThat(roundTrip(new AtomicLong(Long.MIN_VALUE)).get()).isEqualTo(Long.MIN_VALUE);
        assertThat(roundTrip(new AtomicBoolean(true)).get()).isTrue();
        assertThat(roundTrip(new AtomicReference<>("held")).get()).isEqualTo("held");
        assertThat(roundTrip(new StringBuilder("büilder")).toString()).isEqualTo("büilder");
        assertThat(roundTrip(new StringBuilder()).toString()).isEmpty();
        assertThat(roundTrip(new StringBuffer("buffer")).toString()).isEqualTo("buffer");
        LongAdder adder = new LongAdder();
        adder.add(42);
        assertThat(roundTrip(adder).sum()).isEqualTo(42);
    }

    @Test
    void enumConstants_staySingle() {
        assertThat(roundTrip(Shape.SQUARE)).isSameAs(Shape.SQUARE);
        assertThat(roundTrip(Shape.CIRCLE)).isSameAs(Shape.CIRCLE);
    }

    @Test
    void textThatIsNoUri_isNotTakenForOne() throws URISyntaxException {
        URI relative = new URI(null, null, "a b/ü", null);
        assertThat(roundTrip(relative)).isEqualTo(relative);
    }

    @Test
    void optionals_inWhatNeedsJavaSerialization_areKept() {
        for (Object optional : List.of(
                Optional.of("x"),
                Optional.empty(),
                OptionalInt.of(3),
                OptionalInt.empty(),
                OptionalLong.of(4),
                OptionalLong.empty(),
                OptionalDouble.of(5),
                OptionalDouble.empty())) {
            assertThat(roundTripInJava(optional)).isEqualTo(optional);
        }
    }
}
