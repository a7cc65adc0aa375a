package io.holdfast.codec;

import io.holdfast.codec.TwoReleases.Change;
import java.util.List;
import java.util.stream.Stream;

/**
 * A new release has other fields in its classes than the one that stored their objects, or other superclasses. The classes
 * declare no {@code serialVersionUID} where none is shown, as most do not.
 */
class EvolutionTest extends ReadAfterChange {
    private static final String CHANGED_TOO_MUCH = "the class is refused or has changed too much";

    private static final List<Change> FIELDS = List.of(
            Change.of(
                            "added",
                            "new Bean()",
                            "class Bean implements Serializable { int a = 7; }",
                            "class Bean implements Serializable { int a; long b = 5; Object c = List.of(); }")
                    .reads("Bean[a=7, b=Long(0), c=null]"),
            Change.of(
                            "removed",
                            "new Bean()",
                            "class Bean implements Serializable { int a = 7; String b = \"b\"; Object c = List.of(); }",
                            "class Bean implements Serializable { String b; }")
                    .reads("Bean[b='b']"),
            Change.of(
                            "removedButShared",
                            "new Bean()",
                            """
                            class Bean implements Serializable {
                                Object a = new ArrayList<>(List.of("shared"));
                                Object b = a;
                                Object c = new Object[] {a, b};
                            }
                            """,
                            "class Bean implements Serializable { Object c; Object b; }")
                    .reads("Bean[b=ArrayList['shared'], c=Object[^2, ^2]]"),
            Change.of(
                            "reordered",
                            "new Bean()",
                            "class Bean implements Serializable { int a = 1; int b = 2; String c = \"c\"; }",
                            "class Bean implements Serializable { String c; int b; int a; }")
                    .reads("Bean[a=1, b=2, c='c']"),
            Change.of(
                            "renamed",
                            "new Bean()",
                            "class Bean implements Serializable { int a = 7; }",
                            "class Bean implements Serializable { int b = 5; }")
                    .reads("Bean[b=0]"),
            Change.of(
                            "widened",
                            "new Bean()",
                            "class Bean implements Serializable { int a = 7; }",
                            "class Bean implements Serializable { long a; }")
                    .kryoReads("Bean[a=Long(7)]")
                    .javaRefuses("Bean", CHANGED_TOO_MUCH),
            Change.of(
                            "narrowed",
                            "new Bean()",
                            "class Bean implements Serializable { long a = 7; }",
                            "class Bean implements Serializable { int a; }")
                    .kryoRefuses("Bean", "the stored Bean.a no longer fits the field")
                    .javaRefuses("Bean", CHANGED_TOO_MUCH),
            Change.of(
                            "boxed",
                            "new Bean()",
                            "class Bean implements Serializable { int a = 7; }",
                            "class Bean implements Serializable { Integer a; }")
                    .kryoReads("Bean[a=7]")
                    .javaRefuses("Bean", CHANGED_TOO_MUCH),
            Change.of(
                            "unboxedNull",
                            "new Bean()",
                            "class Bean implements Serializable { Integer a; }",
                            "class Bean implements Serializable { int a; }")
                    .kryoRefuses("Bean", "the stored Bean.a no longer fits the field")
                    .javaRefuses("Bean", CHANGED_TOO_MUCH),
            Change.of(
                            "generalized",
                            "new Bean()",
                            "class Bean implements Serializable { ArrayList<String> a = new ArrayList<>(List.of(\"x\")); }",
                            "class Bean implements Serializable { Collection<String> a; }")
                    .reads("Bean[a=ArrayList['x']]"),
            Change.of(
                            "ofAnotherType",
                            "new Bean()",
                            "class Bean implements Serializable { String a = \"7\"; }",
                            "class Bean implements Serializable { Integer a; }")
                    .kryoRefuses("Bean", "the stored Bean.a no longer fits the field")
                    .javaFails("java.lang.ClassCastException"),
            Change.of(
                            "ofAnotherCollection",
                            "new Bean()",
                            "class Bean implements Serializable { Collection<String> a = new ArrayList<>(); }",
                            "class Bean implements Serializable { Set<String> a; }")
                    .kryoRefuses("Bean", "the stored Bean.a no longer fits the field")
                    .javaFails("java.lang.ClassCastException"),
            Change.of(
                            "ofAnotherTypeButNull",
                            "new Bean()",
                            "class Bean implements Serializable { String a; int b = 7; }",
                            "class Bean implements Serializable { Integer a; int b; }")
                    .reads("Bean[a=null, b=7]"),
            Change.of(
                            "madeTransient",
                            "new Bean()",
                            "class Bean implements Serializable { int a = 7; String b = \"b\"; }",
                            "class Bean implements Serializable { transient int a = 5; String b; }")
                    .reads("Bean[a=0, b='b']"),
            Change.of(
                            "madeStored",
                            "new Bean()",
                            "class Bean implements Serializable { transient int a = 7; String b = \"b\"; }",
                            "class Bean implements Serializable { int a = 5; String b; }")
                    .reads("Bean[a=0, b='b']"),
            Change.of(
                            "madeStatic",
                            "new Bean()",
                            "class Bean implements Serializable { int a = 7; String b = \"b\"; }",
                            "class Bean implements Serializable { static int a = 5; String b; }")
                    .reads("Bean[b='b']"));

    private static final List<Change> HIERARCHY = List.of(
            Change.of("movedUp", "new Bean()", """
                            class Base implements Serializable { int a = 1; }
                            class Bean extends Base { int b = 2; int c = 3; }
                            """, """
                            class Base implements Serializable { int a; int b; }
                            class Bean extends Base { int c; }
                            """)
                    .kryoReads("Bean[c=3, Base.a=1, Base.b=2]")
                    .javaReads("Bean[c=3, Base.a=1, Base.b=0]"),
            Change.of("movedDown", "new Bean()", """
                            class Base implements Serializable { int a = 1; int b = 2; }
                            class Bean extends Base { int c = 3; }
                            """, """
                            class Base implements Serializable { int a; }
                            class Bean extends Base { int b; int c; }
                            """)
                    .kryoReads("Bean[b=2, c=3, Base.a=1]")
                    .javaReads("Bean[b=0, c=3, Base.a=1]"),
            Change.of(
                            "superclassInserted",
                            "new Bean()",
                            "class Bean implements Serializable { int a = 1; int b = 2; }",
                            """
                            class Base implements Serializable { int a = 5; int added = 5; }
                            class Bean extends Base { int b; }
                            """)
                    .kryoReads("Bean[b=2, Base.a=1, Base.added=0]")
                    .javaReads("Bean[b=2, Base.a=0, Base.added=0]"),
            Change.of("superclassRemoved", "new Bean()", """
                            class Base implements Serializable { int a = 1; int dropped = 5; }
                            class Bean extends Base { int b = 2; }
                            """, "class Bean implements Serializable { int a; int b; }")
                    .kryoReads("Bean[a=1, b=2]")
                    .javaReads("Bean[a=0, b=2]"),
            Change.of("superclassRenamed", "new Bean()", """
                            class Base implements Serializable { int a = 1; }
                            class Bean extends Base { int b = 2; }
                            """, """
                            class Basis implements Serializable { int a; }
                            class Bean extends Basis { int b; }
                            """)
                    .kryoReads("Bean[b=2, Basis.a=1]")
                    .javaReads("Bean[b=2, Basis.a=0]"),
            Change.of("sameNameTwice", "new Bean()", """
                            class Base implements Serializable { int a = 1; }
                            class Bean extends Base { int a = 2; String b = "b"; }
                            """, """
                            class Base implements Serializable { int added; int a; }
                            class Bean extends Base { String b; int a; }
                            """).reads("Bean[a=2, b='b', Base.a=1, Base.added=0]"),
            Change.of("sameNameTwiceOneRemoved", "new Bean()", """
                            class Base implements Serializable { int a = 1; }
                            class Bean extends Base { int a = 2; }
                            """, """
                            class Base implements Serializable { int a; }
                            class Bean extends Base {}
                            """).reads("Bean[Base.a=1]"),
            Change.of("sameNameAddedInSuperclass", "new Bean()", """
                            class Base implements Serializable {}
                            class Bean extends Base { int a = 2; }
                            """, """
                            class Base implements Serializable { int a; }
                            class Bean extends Base { int a; }
                            """).reads("Bean[a=2, Base.a=0]"),
            // Nobody can tell which of the two is meant, so neither gets the value.
            Change.of("movedWhereTwoHaveTheName", "new Bean()", """
                            class Old implements Serializable { int a = 1; }
                            class Bean extends Old { int b = 2; }
                            """, """
                            class Root implements Serializable { int a; }
                            class Base extends Root { int a; }
                            class Bean extends Base { int b; }
                            """).reads("Bean[b=2, Base.a=0, Root.a=0]"));

    private static final TwoReleases APPLICATION = new TwoReleases(changes());

    static List<Change> changes() {
        return Stream.of(FIELDS, HIERARCHY).flatMap(List::stream).toList();
    }

    @Override
    TwoReleases application() {
        return APPLICATION;
    }
}
