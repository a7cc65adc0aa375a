package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.codec.TwoReleases.Change;
import io.holdfast.session.EncodedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A new release no longer has some class. That does no harm where nobody wants its objects any more. */
class DroppedClassesTest extends ReadAfterChange {
    private static final String NO_SUCH_CLASS = "the application has no such class";
    private static final String GONE = "class Gone implements Serializable { int x = 5; Object y = new int[] {1}; }\n";
    private static final String WITHOUT = "class Bean implements Serializable { int a; Object z; }";

    /** A field {@code dropped} of the class {@code Bean} is gone, with the class {@code Gone} of what it held. */
    private static Change dropped(String name, String declarations, String initializer) {
        return Change.of(
                        name,
                        "new Bean()",
                        declarations + "class Bean implements Serializable { int a = 7; Object dropped = " + initializer
                                + "; Object z = new ArrayList<>(List.of(\"z\")); }",
                        WITHOUT)
                .reads("Bean[a=7, z=ArrayList['z']]");
    }

    private static final List<Change> UNWANTED = List.of(
            dropped("bean", GONE, "new Gone()"),
            dropped("record", "record Gone(int x, Object y) implements Serializable {} ", "new Gone(1, new int[1])"),
            dropped("constant", "enum Gone { ONE, TWO { } } ", "Gone.TWO"),
            dropped("heldClass", GONE, "Gone.class"),
            dropped("array", GONE, "new Gone[] {new Gone(), null, new Gone()}"),
            dropped("arrayOfArrays", GONE, "new Gone[][] {{new Gone()}, {}}"),
            dropped("arrayOfConstants", "enum Gone { ONE, TWO { } } ", "Gone.values()"),
            dropped("nested", """
                    enum Kind { ONE }
                    class Gone implements Serializable { Object x = new Inner[] {new Inner(Kind.ONE, new Inner(null, 1))}; }
                    record Inner(Kind kind, Object held) implements Serializable {}
                    """, "new Gone()"),
            dropped(
                    "subclass",
                    "class Base implements Serializable { int x = 1; } class Gone extends Base { String y = \"y\"; } ",
                    "new Gone()"),
            dropped(
                    "inCycle",
                    "class Gone implements Serializable { Gone self = this; List<Object> list = new ArrayList<>(); } ",
                    "new Gone()"));

    private static final List<Change> UNWANTED_IN_CONTAINERS = List.of(
            dropped("list", GONE, "new ArrayList<>(List.of(new Gone(), \"kept\", new Gone()))"),
            dropped("linkedList", GONE, "new LinkedList<>(List.of(new Gone(), new Gone()))"),
            dropped("set", GONE, "new HashSet<>(List.of(new Gone(), new Gone()))"),
            dropped("sortedSet", """
                    class Gone implements Serializable, Comparable<Gone> {
                        int x;
                        Gone(int x) { this.x = x; }
                        public int compareTo(Gone other) { return Integer.compare(x, other.x); }
                    }
                    """, "new TreeSet<>(List.of(new Gone(2), new Gone(1)))"),
            dropped("comparator", """
                    class Gone implements Serializable, Comparator<String> {
                        static Object map(Map<String, Object> map) { map.put("b", 1); map.put("c", 2); return map; }
                        public int compare(String one, String other) { return other.compareTo(one); }
                    }
                    """, "Gone.map(new TreeMap<>(new Gone()))"),
            dropped("map", GONE, "new HashMap<>(Map.of(1, new Gone(), 2, List.of()))"),
            dropped(
                    "mapOfKeys",
                    "record Gone(int x) implements Serializable {} ",
                    "new HashMap<>(Map.of(new Gone(1), 1))"),
            dropped("enumSetOfNone", "enum Gone { ONE, TWO } ", "EnumSet.noneOf(Gone.class)"),
            dropped("enumSet", "enum Gone { ONE, TWO } ", "EnumSet.allOf(Gone.class)"),
            dropped("enumMap", "enum Gone { ONE, TWO } ", "new EnumMap<>(Map.of(Gone.ONE, \"x\"))"),
            dropped("immutableList", GONE, "List.of(new Gone(), \"kept\")"),
            dropped(
                    "immutableSet",
                    "record Gone(int x) implements Serializable {} ",
                    "Set.of(new Gone(1), new Gone(2))"),
            dropped("immutableMap", GONE, "Map.of(1, new Gone(), 2, 2)"),
            dropped("fixedList", GONE, "Arrays.asList(new Gone(), 1)"),
            dropped("objects", GONE, "new Object[] {1, new Gone()}"),
            dropped("optional", GONE, "Optional.of(new Gone())"),
            dropped("reference", GONE, "new java.util.concurrent.atomic.AtomicReference<>(new Gone())"),
            dropped("weakMap", "enum Gone { ONE } ", "new WeakHashMap<>(Map.of(Gone.ONE, 1))"));

    private static final List<Change> SHARED = List.of(
            Change.of(
                            "sharedWithDropped",
                            "new Bean()",
                            """
                            class Gone implements Serializable { Object x = new ArrayList<>(List.of("x")); Object y = x; }
                            class Bean implements Serializable {
                                Gone dropped = new Gone();
                                Object z = dropped.x;
                                Object zz = dropped.y;
                            }
                            """,
                            "class Bean implements Serializable { Object z; Object zz; }")
                    .reads("Bean[z=ArrayList['x'], zz=^2]"),
            Change.of(
                            "sharedWithElementOfDropped",
                            "new Bean()",
                            """
                            class Gone implements Serializable { Object x = new ArrayList<>(List.of("x")); }
                            class Bean implements Serializable {
                                List<Gone> dropped = new ArrayList<>(List.of(new Gone(), new Gone()));
                                Object z = dropped.get(1).x;
                            }
                            """,
                            "class Bean implements Serializable { Object z; }")
                    .reads("Bean[z=ArrayList['x']]"),
            Change.of("pointsBackToTheBean", "new Bean()", """
                            class Gone implements Serializable { Object bean; Object x = new ArrayList<>(); }
                            class Bean implements Serializable {
                                Gone dropped = new Gone();
                                Object z = dropped.x;
                                Bean() { dropped.bean = this; }
                            }
                            """, "class Bean implements Serializable { Object z; }")
                    .reads("Bean[z=ArrayList[]]"),
            Change.of(
                            "wantedElsewhere",
                            "new Bean()",
                            GONE
                                    + "class Bean implements Serializable { Object dropped = new Gone(); Object z = dropped; }",
                            "class Bean implements Serializable { Object z; }")
                    .isUnreadable("Gone", NO_SUCH_CLASS),
            Change.of(
                            "inSharedListWantedElsewhere",
                            "new Bean()",
                            GONE
                                    + "class Bean implements Serializable {"
                                    + " Object dropped = new ArrayList<>(List.of(new Gone())); Object z = dropped; }",
                            "class Bean implements Serializable { Object z; }")
                    .isUnreadable("Gone", NO_SUCH_CLASS),
            // The list is taken by an object inside it before it is known that it has lost an element.
            Change.of("takenFromWithinTheList", "new Bean()", GONE + """
                                    class Owner implements Serializable { List<Object> owned; }
                                    class Bean implements Serializable {
                                        List<Object> dropped = new ArrayList<>();
                                        Owner z = new Owner();
                                        Bean() { z.owned = dropped; dropped.add(z); dropped.add(new Gone()); }
                                    }
                                    """, """
                            class Owner implements Serializable { List<Object> owned; }
                            class Bean implements Serializable { Owner z; }
                            """).isUnreadable("Gone", NO_SUCH_CLASS));

    private static final List<Change> WANTED = List.of(
            Change.of("itself", "new Gone()", GONE, "class Other {}").isUnreadable("Gone", NO_SUCH_CLASS),
            Change.of("renamed", "new Gone()", GONE, GONE.replace("Gone", "Renamed"))
                    .isUnreadable("Gone", NO_SUCH_CLASS),
            Change.of(
                            "inField",
                            "new Bean()",
                            GONE + "class Bean implements Serializable { Object z = new Gone(); }",
                            WITHOUT)
                    .isUnreadable("Gone", NO_SUCH_CLASS),
            Change.of("inList", "new ArrayList<>(List.of(1, new Gone()))", GONE, "class Other {}")
                    .isUnreadable("Gone", NO_SUCH_CLASS),
            Change.of("inImmutableSet", "Set.of(new Gone())", GONE, "class Other {}")
                    .isUnreadable("Gone", NO_SUCH_CLASS),
            Change.of("inMap", "new TreeMap<>(Map.of(1, new Gone()))", GONE, "class Other {}")
                    .isUnreadable("Gone", NO_SUCH_CLASS),
            Change.of("inArray", "new Object[] {new Gone()}", GONE, "class Other {}")
                    .isUnreadable("Gone", NO_SUCH_CLASS),
            Change.of(
                            "inRecord",
                            "new Point(new Gone())",
                            GONE + "record Point(Object held) implements Serializable {}",
                            "record Point(Object held) implements Serializable {}")
                    .isUnreadable("Gone", NO_SUCH_CLASS),
            Change.of("keyOfEnumMap", "new EnumMap<>(Map.of(Gone.ONE, 1))", "enum Gone { ONE }", "class Other {}")
                    .isUnreadable("Gone", NO_SUCH_CLASS),
            Change.of("enumSetOfNoneWanted", "EnumSet.noneOf(Gone.class)", "enum Gone { ONE }", "class Other {}")
                    .isUnreadable("Gone", NO_SUCH_CLASS),
            Change.of("inEnumSet", "EnumSet.of(Gone.ONE)", "enum Gone { ONE }", "class Other {}")
                    .isUnreadable("Gone", NO_SUCH_CLASS));

    private static final TwoReleases APPLICATION = new TwoReleases(changes().toList());

    static Stream<Change> changes() {
        return Stream.of(UNWANTED, UNWANTED_IN_CONTAINERS, SHARED, WANTED).flatMap(List::stream);
    }

    @Override
    TwoReleases application() {
        return APPLICATION;
    }

    @Test
    void attributesOfOtherClasses_areReadAfterOneThatCannotBe() throws Exception {
        List<EncodedValue> stored = new ArrayList<>();
        for (Change change : List.of(UNWANTED.get(0), WANTED.get(0), UNWANTED.get(0))) {
            stored.add(APPLICATION.stored(change));
        }

        assertThat(APPLICATION.read(stored.get(1))).contains("app.itself.Gone").contains(NO_SUCH_CLASS);

        assertThat(APPLICATION.read(stored.get(0))).isEqualTo("Bean[a=7, z=ArrayList['z']]");
        assertThat(APPLICATION.read(stored.get(2))).isEqualTo("Bean[a=7, z=ArrayList['z']]");
    }
}
