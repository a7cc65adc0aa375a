package io.holdfast.codec;

import io.holdfast.codec.TwoReleases.Change;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A new release has other enum constants or record components, or classes that have become something else. */
class EvolvedKindsTest extends ReadAfterChange {
    private static final String CHANGED_TOO_MUCH = "the class is refused or has changed too much";
    private static final String NOT_PLAIN = "it was plain data when stored and no longer is";
    private static final String NO_CONSTANT = "it does not have the stored constant";
    private static final String BEAN = "class Bean implements Serializable { int a = 7; }";

    private static final List<Change> ENUMS = List.of(
            Change.of("constantsAdded", "Color.GREEN", "enum Color { RED, GREEN }", "enum Color { BLACK, GREEN, RED }")
                    .reads("Color.GREEN"),
            Change.of("constantRemoved", "Color.GREEN", "enum Color { RED, GREEN }", "enum Color { RED }")
                    .kryoRefuses("Color", NO_CONSTANT)
                    .javaFails("java.io.InvalidObjectException"),
            Change.of("constantGetsBody", "Color.RED", "enum Color { RED }", "enum Color { BLUE {}, RED {} }")
                    .reads("Color.RED"),
            Change.of("constantLosesBody", "Color.RED", "enum Color { BLUE {}, RED {} }", "enum Color { RED }")
                    .reads("Color.RED"),
            Change.of(
                            "constantsOfSet",
                            "EnumSet.of(Color.RED, Color.GREEN)",
                            "enum Color { RED, GREEN }",
                            "enum Color { GREEN, BLUE, RED }")
                    .reads("RegularEnumSet[Color.GREEN, Color.RED]"),
            Change.of(
                            "constantRemovedWithItsField",
                            "new Bean()",
                            "enum Color { RED, GREEN } class Bean implements Serializable { int a = 7; Color dropped = Color.GREEN; }",
                            "enum Color { RED } class Bean implements Serializable { int a; }")
                    .kryoReads("Bean[a=7]")
                    .javaFails("java.io.InvalidObjectException"),
            Change.of(
                            "constantsOfSetBecomeMany",
                            "EnumSet.of(Color.RED, Color.GREEN)",
                            "enum Color { RED, GREEN }",
                            IntStream.range(0, 70)
                                    .mapToObj(number -> "C" + number)
                                    .collect(Collectors.joining(", ", "enum Color { ", ", GREEN, RED }")))
                    .reads("JumboEnumSet[Color.GREEN, Color.RED]"),
            Change.of(
                            "constantOfSetRemoved",
                            "EnumSet.of(Color.RED, Color.GREEN)",
                            "enum Color { RED, GREEN }",
                            "enum Color { GREEN }")
                    .kryoRefuses("Color", NO_CONSTANT)
                    .javaFails("java.io.InvalidObjectException"),
            Change.of(
                            "constantsOfMap",
                            "new EnumMap<>(Map.of(Color.RED, 1, Color.GREEN, Color.RED))",
                            "enum Color { RED, GREEN }",
                            "enum Color { GREEN { }, BLUE, RED }")
                    .reads("EnumMap[Color.GREEN=Color.RED, Color.RED=1]"),
            Change.of(
                            "constantOfMapRemoved",
                            "new EnumMap<>(Map.of(Color.RED, 1, Color.GREEN, 2))",
                            "enum Color { RED, GREEN }",
                            "enum Color { GREEN }")
                    .kryoRefuses("Color", NO_CONSTANT)
                    .javaFails("java.io.InvalidObjectException"),
            Change.of(
                            "enumBecomesClass",
                            "Color.RED",
                            "enum Color { RED }",
                            "class Color implements Serializable { static final Color RED = new Color(); }")
                    .kryoRefuses("Color", "it was an enum when stored and no longer is")
                    .javaRefuses("Color", CHANGED_TOO_MUCH),
            Change.of(
                            "classBecomesEnum",
                            "new Color()",
                            "class Color implements Serializable { String name = \"RED\"; }",
                            "enum Color { RED }")
                    .kryoRefuses("Color", "it was no enum when stored and now is")
                    .javaRefuses("java.util.Collections$UnmodifiableList", CHANGED_TOO_MUCH));

    private static final List<Change> RECORDS = List.of(
            Change.of(
                            "componentsComeAndGo",
                            "new Point(3, \"here\")",
                            "record Point(int x, String label) implements Serializable {}",
                            "record Point(String label, double added, Object other) implements Serializable {}")
                    .reads("Point[added=Double(0.0), label='here', other=null]"),
            Change.of(
                            "componentsReordered",
                            "new Point(3, 4, \"here\")",
                            "record Point(int x, int y, String label) implements Serializable {}",
                            "record Point(String label, int y, int x) implements Serializable {}")
                    .reads("Point[label='here', x=3, y=4]"),
            Change.of(
                            "componentWidened",
                            "new Point(3)",
                            "record Point(int x) implements Serializable {}",
                            "record Point(long x) implements Serializable {}")
                    .kryoReads("Point[x=Long(3)]")
                    .javaRefuses("Point", CHANGED_TOO_MUCH),
            Change.of(
                            "componentOfAnotherType",
                            "new Point(\"3\")",
                            "record Point(String x) implements Serializable {}",
                            "record Point(Integer x) implements Serializable {}")
                    .kryoRefuses("Point", "its constructor does not accept the stored components")
                    .javaFails("java.io.InvalidObjectException"),
            Change.of(
                            "componentAddedAndRequired",
                            "new Point(3)",
                            "record Point(int x) implements Serializable {}",
                            """
                            record Point(int x, String label) implements Serializable {
                                Point { Objects.requireNonNull(label); }
                            }
                            """)
                    .kryoRefuses("Point", "its constructor does not accept the stored components")
                    .javaFails("java.io.InvalidObjectException"),
            Change.of(
                            "beanBecomesRecord",
                            "List.of(new Bean())",
                            "class Bean implements Serializable { int a = 7; Object b = new int[1]; Object c = b; }",
                            "record Bean(Object c, int a, Object b) implements Serializable {}")
                    .reads("List12[Bean[a=7, b=int[0], c=^3]]"),
            Change.of(
                            "recordBecomesBean",
                            "new Bean(7, \"b\")",
                            "record Bean(int a, String b) implements Serializable {}",
                            "class Bean implements Serializable { String b; int a; int added = 5; }")
                    .reads("Bean[a=7, added=0, b='b']"));

    private static final List<Change> VERSIONS = List.of(
            Change.of("versionComputed", "new Bean()", BEAN, """
                            class Bean implements Serializable, Comparable<Bean> {
                                static int count;
                                int a;
                                Bean(int a) { this.a = a; }
                                public int compareTo(Bean other) { return 0; }
                            }
                            """).reads("Bean[a=7]"),
            Change.of(
                            "versionChanged",
                            "new Bean()",
                            "class Bean implements Serializable { private static final long serialVersionUID = 1; int a = 7; }",
                            "class Bean implements Serializable { private static final long serialVersionUID = 2; int a; }")
                    .kryoReads("Bean[a=7]")
                    .javaRefuses("Bean", CHANGED_TOO_MUCH),
            Change.of(
                            "versionIntroduced",
                            "new Bean()",
                            BEAN,
                            "class Bean implements Serializable { private static final long serialVersionUID = 2; int a; }")
                    .kryoReads("Bean[a=7]")
                    .javaRefuses("Bean", CHANGED_TOO_MUCH),
            Change.of(
                            "versionNoLongerDeclared",
                            "new Bean()",
                            "class Bean implements Serializable { private static final long serialVersionUID = 1; int a = 7; }",
                            "class Bean implements Serializable { int a; int added; }")
                    .reads("Bean[a=7, added=0]"));

    private static final List<Change> CONTRACTS = List.of(
            Change.of(
                            "readsItselfFromNowOn",
                            "new Bean()",
                            "class Bean implements Serializable { private static final long serialVersionUID = 1; int a = 7; }",
                            """
                            class Bean implements Serializable {
                                private static final long serialVersionUID = 1;
                                int a;
                                private void writeObject(ObjectOutputStream out) throws IOException {
                                    out.defaultWriteObject();
                                }
                                private void readObject(ObjectInputStream in) throws Exception {
                                    in.defaultReadObject();
                                    a++;
                                }
                            }
                            """)
                    .kryoRefuses("Bean", NOT_PLAIN)
                    .javaReads("Bean[a=8]"),
            Change.of("readsItselfFromNowOnAndDeclaresNoVersion", "new Bean()", BEAN, """
                            class Bean implements Serializable {
                                int a, added;
                                private void readObject(ObjectInputStream in) throws Exception {
                                    in.defaultReadObject();
                                }
                            }
                            """)
                    .kryoRefuses("Bean", NOT_PLAIN)
                    .javaRefuses("Bean", CHANGED_TOO_MUCH),
            Change.of(
                            "readsMoreThanThereIs",
                            "new Bean()",
                            "class Bean implements Serializable { private static final long serialVersionUID = 1; int a = 7; }",
                            """
                            class Bean implements Serializable {
                                private static final long serialVersionUID = 1;
                                int a;
                                private void readObject(ObjectInputStream in) throws Exception {
                                    in.defaultReadObject();
                                    a = in.readInt();
                                }
                            }
                            """)
                    .kryoRefuses("Bean", NOT_PLAIN)
                    .javaFails("java.io.EOFException"),
            Change.of("resolvesFromNowOn", "new Bean()", BEAN, """
                            class Bean implements Serializable {
                                int a;
                                private Object readResolve() { return "resolved " + a; }
                            }
                            """)
                    .kryoRefuses("Bean", NOT_PLAIN)
                    .javaReads("'resolved 7'"),
            Change.of("becomesExternalizable", "new Bean()", BEAN, """
                            public class Bean implements Externalizable {
                                int a;
                                public Bean() {}
                                public void writeExternal(ObjectOutput out) {}
                                public void readExternal(ObjectInput in) {}
                            }
                            """)
                    .kryoRefuses("Bean", NOT_PLAIN)
                    .javaRefuses("Bean", CHANGED_TOO_MUCH),
            Change.of("getsPartNotSerializable", "new Bean()", BEAN, """
                            class Base { int b = 5; }
                            class Bean extends Base implements Serializable { int a; }
                            """)
                    .kryoRefuses("Bean", NOT_PLAIN)
                    .javaReads("Bean[a=7, Base.b=5]"),
            Change.of("noLongerSerializable", "new Bean()", BEAN, "class Bean { int a; }")
                    .kryoRefuses("Bean", "it does not implement java.io.Serializable")
                    .javaRefuses("Bean", CHANGED_TOO_MUCH),
            Change.of("becomesInterface", "new Bean()", BEAN, "interface Bean extends Serializable {}")
                    .kryoRefuses("Bean", "it has become abstract")
                    .javaRefuses("Bean", CHANGED_TOO_MUCH),
            Change.of("becomesAbstract", "new Bean()", BEAN, "abstract class Bean implements Serializable { int a; }")
                    .kryoRefuses("Bean", "it has become abstract")
                    .javaRefuses("Bean", CHANGED_TOO_MUCH));

    /** These objects go through Java serialization wherever they are. */
    private static final List<Change> FORMER_CONTRACTS = List.of(
            Change.of(
                            "noLongerWritesItself",
                            "new Bean()",
                            """
                            class Bean implements Serializable {
                                int a = 7;
                                private void writeObject(ObjectOutputStream out) throws IOException {
                                    out.defaultWriteObject();
                                    out.writeObject("more");
                                }
                                private void readObject(ObjectInputStream in) throws Exception {
                                    in.defaultReadObject();
                                    in.readObject();
                                }
                            }
                            """,
                            "class Bean implements Serializable { int a; int added = 5; }")
                    .javaReads("Bean[a=7, added=0]"),
            Change.of("writesItselfWithoutDefault", "new Bean()", """
                            class Bean implements Serializable {
                                int a = 7;
                                private void writeObject(ObjectOutputStream out) throws IOException { out.writeInt(a); }
                                private void readObject(ObjectInputStream in) throws Exception { a = in.readInt(); }
                            }
                            """, BEAN)
                    .javaFails("java.io.StreamCorruptedException"),
            Change.of("stillReadsItselfAndDeclaresNoVersion", "new Bean()", """
                            class Bean implements Serializable {
                                int a = 7;
                                private void readObject(ObjectInputStream in) throws Exception {
                                    in.defaultReadObject();
                                }
                            }
                            """, """
                            class Bean implements Serializable {
                                int a, added;
                                private void readObject(ObjectInputStream in) throws Exception {
                                    in.defaultReadObject();
                                }
                            }
                            """)
                    .javaRefuses("Bean", CHANGED_TOO_MUCH),
            Change.of("noLongerExternalizable", "new Bean()", """
                            public class Bean implements Externalizable {
                                public void writeExternal(ObjectOutput out) throws IOException { out.writeInt(7); }
                                public void readExternal(ObjectInput in) {}
                            }
                            """, BEAN).javaRefuses("Bean", CHANGED_TOO_MUCH),
            Change.of("noLongerCollection", "new Bean()", "class Bean extends ArrayList<String> { int a = 7; }", BEAN)
                    .javaReads("Bean[a=7]"));

    private static final TwoReleases APPLICATION =
            new TwoReleases(Stream.concat(changes(), FORMER_CONTRACTS.stream()).toList());

    static Stream<Change> changes() {
        return Stream.of(ENUMS, RECORDS, VERSIONS, CONTRACTS).flatMap(List::stream);
    }

    static List<Change> formerContracts() {
        return FORMER_CONTRACTS;
    }

    @Override
    TwoReleases application() {
        return APPLICATION;
    }

    @ParameterizedTest
    @MethodSource("formerContracts")
    void attributeWithAFormerContract_isReadAfterTheChange(Change change) throws Exception {
        APPLICATION.checkJava(change);
    }
}
