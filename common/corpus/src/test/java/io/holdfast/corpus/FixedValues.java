package io.holdfast.corpus;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Samples of which nothing can be changed, although the codec does not know it and looks for changes: the names of all
 * of them, so that a {@link Mutator} that finds nothing to change in others fails.
 */
final class FixedValues {
    private static final Set<String> NAMES = new HashSet<>();

    static {
        add("view", "entry of TreeMap", "subList of unmodifiableList");
        add("array", "byte[], empty", "Object[], empty");
        add(
                "time",
                "HijrahDate",
                "JapaneseDate",
                "MinguoDate",
                "ThaiBuddhistDate",
                "IsoChronology",
                "date and time of another chronology",
                "ValueRange",
                "WeekFields",
                "ZoneRules",
                "ZoneOffsetTransition",
                "Clock of the system",
                "Clock that stands",
                "Clock that is late",
                "Clock that ticks");
        add(
                "collection",
                "HashSet of enum constants",
                "EnumSet, empty",
                "EnumSet, all",
                "Arrays.asList, empty",
                "List.of, 0",
                "List.of, 1",
                "List.of, 2",
                "List.of, 12",
                "List.copyOf",
                "Stream.toList",
                "Stream.toList, empty",
                "Stream.toList with null",
                "Collectors.toUnmodifiableList",
                "Set.of, 0",
                "Set.of, 1",
                "Set.of, 2",
                "Set.of, 10",
                "Set.copyOf, 100",
                "Set.copyOf, 1,000",
                "Set.of enum constants");
        add(
                "map",
                "EnumMap, empty",
                "SimpleImmutableEntry",
                "Map.of, 0",
                "Map.of, 1",
                "Map.of, 2",
                "Map.of, 10",
                "Map.copyOf",
                "Map.of enum constants");
        add(
                "wrapper",
                "unmodifiableList",
                "unmodifiableList, not random access",
                "unmodifiableCollection",
                "unmodifiableSet",
                "unmodifiableSet, linked",
                "unmodifiableSortedSet",
                "unmodifiableNavigableSet",
                "unmodifiableMap",
                "unmodifiableMap, linked",
                "unmodifiableSortedMap",
                "unmodifiableNavigableMap",
                "emptyList",
                "emptySet",
                "emptyMap",
                "emptySortedSet",
                "emptyNavigableMap",
                "singletonList",
                "singletonList of null",
                "nCopies",
                "reverseOrder",
                "unmodifiable of synchronized of checked");
        add(
                "concurrent",
                "ReentrantLock",
                "ReentrantLock, fair",
                "ReentrantReadWriteLock",
                "ReentrantReadWriteLock, fair",
                "StampedLock");
        add(
                "JDK object",
                "X500Principal",
                "Subject",
                "SecretKeySpec",
                "KeyPair",
                "File",
                "File, relative",
                "InetAddress",
                "InetAddress without name",
                "InetAddress, version 6",
                "InetSocketAddress",
                "InetSocketAddress, unresolved");
        add(
                "function",
                "lambda",
                "lambda of an intersection type",
                "method reference",
                "constructor reference",
                "comparator by a key");
        add("own class", "record, generic and nested");
        add("contract", "readResolve to a singleton");
        addLibraries();
    }

    private FixedValues() {}

    private static void addLibraries() {
        NAMES.addAll(List.of(
                "Guava ImmutableList",
                "Guava ImmutableList, empty",
                "Guava ImmutableSet",
                "Guava ImmutableSortedSet",
                "Guava ImmutableMap",
                "Guava ImmutableMap, empty",
                "Guava ImmutableBiMap",
                "Guava ImmutableSortedMap",
                "Guava ImmutableSortedMap, reversed",
                "Guava ImmutableListMultimap",
                "Guava ImmutableMultiset",
                "Guava ImmutableTable",
                "Guava Range",
                "Guava Range, unbounded",
                "Guava ImmutableRangeMap",
                "Guava Optional, absent",
                "Guava HostAndPort",
                "Joda Instant",
                "Joda LocalDate",
                "Joda LocalTime",
                "Joda LocalDateTime",
                "Joda DateTimeZone",
                "Joda ISOChronology",
                "Commons Pair",
                "Commons Triple",
                "Commons Range",
                "Jackson TextNode",
                "Jackson NullNode",
                "Jackson BigIntegerNode",
                "Kotlin Pair",
                "Kotlin Triple",
                "Kotlin emptyList",
                "Kotlin lazy",
                "Scala List",
                "Scala Nil",
                "Scala Some",
                "Scala None",
                "Scala Tuple2",
                "Jetty RolePrincipal",
                "Tomcat CoyotePrincipal",
                "Tomcat SingleSignOnListener",
                "Spring session mutex",
                "Spring Security CSRF token"));
    }

    private static void add(String topic, String... names) {
        for (String name : names) {
            NAMES.add(topic + ": " + name);
        }
    }

    /** Entries that name no sample. */
    static Set<String> unknown() {
        Set<String> names = new HashSet<>(NAMES);
        Corpus.all().forEach(sample -> names.remove(sample.name()));
        return names;
    }

    static boolean contains(Sample sample) {
        return NAMES.contains(sample.name());
    }
}
