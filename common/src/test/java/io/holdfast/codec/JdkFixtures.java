package io.holdfast.codec;

import io.holdfast.codec.FixtureClasses.ByLength;
import io.holdfast.codec.FixtureClasses.Color;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.MalformedURLException;
import java.net.URI;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.Stack;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Fixtures of the JDK's classes that Kryo stores, at least one for each entry of {@link JdkSerializers}. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete", "UnnecessaryStringBuilder"}) // what applications use
final class JdkFixtures {
    private static final List<String> ELEMENTS = List.of("delta", "alpha", "charlie");
    private static final LocalDateTime TIME = LocalDateTime.of(2024, 10, 27, 2, 30, 59, 123_456_789);

    private JdkFixtures() {}

    static Stream<StoredFixture> all() {
        return Stream.of(textsAndNumbers(), holders(), dates(), times(), collections(), maps(), fixed())
                .flatMap(List::stream);
    }

    private static List<StoredFixture> textsAndNumbers() {
        return List.of(
                fixture("string", "plain"),
                fixture("string-empty", ""),
                fixture("string-one-letter", "x"),
                fixture("string-unicode", "żółw 亀 🐢"),
                fixture("string-64-letters", "x".repeat(64)),
                fixture("boolean", true),
                fixture("char", 'ß'),
                fixture("byte", (byte) -128),
                fixture("short", (short) -7),
                fixture("int", -123_456),
                fixture("long", Long.MIN_VALUE),
                fixture("float", 1.5f),
                fixture("double", -0.0d),
                fixture("big-integer", BigInteger.TEN.pow(30).negate()),
                fixture("big-decimal", new BigDecimal("-123456789012345678901234.5678")),
                fixture("big-decimal-zero", new BigDecimal("0.00")),
                fixture("uuid", UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")),
                fixture("uri", URI.create("https://user@example.org:8443/a%20b?q=ü#f")),
                fixture("url", url("https://127.0.0.1:8443/path?q=1#f")),
                fixture("pattern", Pattern.compile("a+b", Pattern.CASE_INSENSITIVE)),
                fixture("currency", Currency.getInstance("EUR")),
                fixture("string-builder", new StringBuilder("büilder")),
                fixture("string-buffer", new StringBuffer("buffer")),
                fixture("bit-set", BitSet.valueOf(new long[] {1, 1L << 63})),
                fixture("locale", Locale.forLanguageTag("zh-Hant-TW-u-ca-roc")),
                fixture("locale-without-tag", locale("xx", "", "odd variant")),
                fixture("class", Color.class),
                fixture("class-primitive", int.class),
                fixture("class-array", String[][].class));
    }

    private static List<StoredFixture> holders() {
        return List.of(
                fixture("atomic-boolean", new AtomicBoolean(true)),
                fixture("atomic-integer", new AtomicInteger(-7)),
                fixture("atomic-long", new AtomicLong(Long.MAX_VALUE)),
                fixture("atomic-reference", new AtomicReference<>("held")),
                fixture("optional", Optional.of(new ArrayList<>(List.of("there")))),
                fixture("optional-empty", Optional.empty()),
                fixture("optional-int", OptionalInt.of(-3)),
                fixture("optional-int-empty", OptionalInt.empty()),
                fixture("optional-long", OptionalLong.of(4)),
                fixture("optional-double", OptionalDouble.of(-0.5)));
    }

    private static List<StoredFixture> dates() {
        return List.of(
                fixture("date", new Date(-1)),
                fixture("sql-date", new java.sql.Date(1_234_567_890_123L)),
                fixture("sql-time", new java.sql.Time(1)),
                fixture("sql-timestamp", timestamp()),
                fixture("time-zone", TimeZone.getTimeZone("Europe/Paris")),
                fixture("time-zone-offset", TimeZone.getTimeZone("GMT+05:30")),
                fixture("gregorian-calendar", calendar("America/New_York")));
    }

    private static List<StoredFixture> times() {
        return List.of(
                fixture("instant", Instant.parse("1969-12-31T23:59:59.999999999Z")),
                fixture("local-date", LocalDate.of(2024, 2, 29)),
                fixture("local-date-min", LocalDate.MIN),
                fixture("local-time", LocalTime.of(1, 2, 3, 4)),
                fixture("local-time-noon", LocalTime.NOON),
                fixture("local-date-time", TIME),
                fixture("offset-time", OffsetTime.of(LocalTime.of(1, 2), ZoneOffset.ofHours(-3))),
                fixture("offset-date-time", OffsetDateTime.of(TIME, ZoneOffset.ofHoursMinutesSeconds(-3, -7, -9))),
                fixture("zoned-date-time", ZonedDateTime.of(TIME, ZoneId.of("Europe/Paris"))),
                fixture(
                        "zoned-date-time-second-hour",
                        ZonedDateTime.of(TIME, ZoneId.of("Europe/Paris")).withLaterOffsetAtOverlap()),
                fixture("zone-offset", ZoneOffset.ofHours(2)),
                fixture("zone-region", ZoneId.of("Europe/Paris")),
                fixture("duration", Duration.ofSeconds(-1, 1)),
                fixture("period", Period.of(-1, 2, -3)),
                fixture("year", Year.of(-1)),
                fixture("year-month", YearMonth.of(2024, 12)),
                fixture("month-day", MonthDay.of(2, 29)));
    }

    private static List<StoredFixture> collections() {
        return List.of(
                fixture("array-list", new ArrayList<>(Arrays.asList("a", null, 1))),
                fixture("array-list-empty", new ArrayList<>()),
                fixture("linked-list", new LinkedList<>(ELEMENTS)),
                fixture("array-deque", new ArrayDeque<>(ELEMENTS)),
                fixture("vector", new Vector<>(ELEMENTS)),
                fixture("stack", filled(new Stack<>())),
                fixture("hash-set", new HashSet<>(ELEMENTS)),
                fixture("linked-hash-set", new LinkedHashSet<>(ELEMENTS)),
                fixture("copy-on-write-list", new CopyOnWriteArrayList<>(ELEMENTS)),
                fixture("copy-on-write-set", new CopyOnWriteArraySet<>(ELEMENTS)),
                fixture("concurrent-queue", new ConcurrentLinkedQueue<>(ELEMENTS)),
                fixture("concurrent-deque", new ConcurrentLinkedDeque<>(ELEMENTS)),
                fixture("tree-set", new TreeSet<>(ELEMENTS)),
                fixture("tree-set-with-comparator", filled(new TreeSet<>(new ByLength()))),
                fixture("skip-list-set", new ConcurrentSkipListSet<>(ELEMENTS)),
                fixture("priority-queue", new PriorityQueue<>(ELEMENTS)),
                fixture("priority-queue-with-comparator", filled(new PriorityQueue<>(new ByLength()))),
                fixture("enum-set", EnumSet.of(Color.BLUE, Color.GREEN)),
                fixture("enum-set-empty", EnumSet.noneOf(Color.class)),
                fixture("enum-set-of-many", EnumSet.of(Character.UnicodeScript.LATIN)));
    }

    private static List<StoredFixture> maps() {
        Map<Object, Object> withNulls = new HashMap<>();
        withNulls.put(null, "value");
        withNulls.put("key", null);
        return List.of(
                fixture("hash-map", filled(new HashMap<>())),
                fixture("hash-map-with-nulls", withNulls),
                fixture("linked-hash-map", filled(new LinkedHashMap<>())),
                fixture("linked-hash-map-access-order", filled(new LinkedHashMap<>(16, 0.75f, true))),
                fixture("hashtable", filled(new Hashtable<>())),
                fixture("concurrent-map", filled(new ConcurrentHashMap<>())),
                fixture("weak-map", filled(new WeakHashMap<>())),
                fixture("tree-map", filled(new TreeMap<>())),
                fixture("tree-map-reversed", filled(new TreeMap<>(Comparator.reverseOrder()))),
                fixture("skip-list-map", filled(new ConcurrentSkipListMap<>())),
                fixture("enum-map", new EnumMap<>(Map.of(Color.RED, 1, Color.GREEN, new ArrayList<>()))));
    }

    private static List<StoredFixture> fixed() {
        return List.of(
                fixture("arrays-as-list", Arrays.asList("a", null)),
                fixture("list-of-none", List.of()),
                fixture("list-of-one", List.of(1)),
                fixture("list-of-many", List.of(1, "two", 3L)),
                fixture("set-of-none", Set.of()),
                fixture("set-of-one", Set.of(1)),
                fixture("set-of-many", Set.of(1, 2, 3)).withBytesOfItsOwn(),
                fixture("map-of-none", Map.of()),
                fixture("map-of-one", Map.of(1, "one")),
                fixture("map-of-many", Map.of(1, "one", 2, "two", 3, "three")).withBytesOfItsOwn(),
                fixture("singleton-list", Collections.singletonList(null)),
                fixture("singleton-set", Collections.singleton("one")),
                fixture("singleton-map", Collections.singletonMap(null, "v")),
                fixture("empty-list", Collections.emptyList()),
                fixture("empty-set", Collections.emptySet()),
                fixture("empty-map", Collections.emptyMap()));
    }

    private static <C extends Collection<String>> C filled(C collection) {
        collection.addAll(ELEMENTS);
        return collection;
    }

    private static <M extends Map<String, Object>> M filled(M map) {
        for (int i = 0; i < ELEMENTS.size(); i++) {
            map.put(ELEMENTS.get(i), i);
        }
        return map;
    }

    private static URL url(String text) {
        try {
            return new URL(text);
        } catch (MalformedURLException e) {
            throw new AssertionError(text, e);
        }
    }

    @SuppressWarnings("deprecation") // on newer JDKs; the factory that replaces it does not exist on JDK 17
    private static Locale locale(String language, String country, String variant) {
        return new Locale(language, country, variant);
    }

    private static Timestamp timestamp() {
        Timestamp timestamp = new Timestamp(1_700_000_000_000L);
        timestamp.setNanos(123_456_789);
        return timestamp;
    }

    static GregorianCalendar calendar(String zone) {
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone(zone), Locale.ROOT);
        calendar.setGregorianChange(new Date(Long.MIN_VALUE));
        calendar.setTimeInMillis(1_234_567_890_123L);
        calendar.setLenient(false);
        calendar.setFirstDayOfWeek(Calendar.WEDNESDAY);
        calendar.setMinimalDaysInFirstWeek(6);
        return calendar;
    }

    /** For values that nobody changes, so that one object will do. */
    private static StoredFixture fixture(String name, Object value) {
        return StoredFixture.of(name, () -> value);
    }
}
