package io.holdfast.corpus;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Classes as applications write them: beans, records, enums, inner, local and anonymous ones, own collections. */
@SuppressWarnings({"serial", "unused", "JavaUtilDate"}) // what applications hold; fields that only have to survive
final class OwnClassSamples {
    enum Discount {
        NONE,
        TENTH {
            @Override
            BigDecimal of(BigDecimal price) {
                return price.movePointLeft(1);
            }
        };

        BigDecimal of(BigDecimal price) {
            return BigDecimal.ZERO;
        }
    }

    record Money(long cents, String currency) implements Serializable {}

    record Pair<A, B>(A first, B second) implements Serializable {}

    record Nothing() implements Serializable {}

    record ByLength(boolean shortestFirst) implements Comparator<String>, Serializable {
        @Override
        public int compare(String one, String other) {
            int byLength = Integer.compare(one.length(), other.length());
            return byLength == 0 ? one.compareTo(other) : shortestFirst ? byLength : -byLength;
        }
    }

    static class Person implements Serializable {
        private static final long serialVersionUID = 1;
        private String name;
        protected Date born = new Date(86_400_000);

        Person(String name) {
            this.name = name;
        }
    }

    static class Customer extends Person {
        private static final long serialVersionUID = 1;
        private String name = "hides the inherited one";
        private int orders = 3;
        private @Nullable Money credit = new Money(12_50, "EUR");
        private final List<String> emails = new ArrayList<>(List.of("a@example.com"));
        private Discount discount = Discount.TENTH;
        private @Nullable Object nothing;
        private transient @Nullable String cached;

        Customer(String name) {
            super(name);
        }
    }

    static final class Primitives implements Serializable {
        private static final long serialVersionUID = 1;
        private boolean flag = true;
        private byte small = -1;
        private short medium = 300;
        private char letter = 'ü';
        private int number = Integer.MIN_VALUE;
        private long large = Long.MAX_VALUE;
        private float inexact = 0.1f;
        private double precise = Double.NaN;
        private Integer boxed = 1_000;
        private @Nullable Long missing;
        private final int fixed = 9;
    }

    static final class Holder implements Serializable {
        private static final long serialVersionUID = 1;
        final Object first;

        @Nullable
        Object second;

        @Nullable
        Object third;

        Holder(Object first) {
            this.first = first;
        }
    }

    static final class Outer implements Serializable {
        private static final long serialVersionUID = 1;
        private String title = "outer";

        final class Inner implements Serializable {
            private static final long serialVersionUID = 1;
            private int count = 1;

            String outerTitle() {
                return title;
            }
        }

        Object inner() {
            return new Inner();
        }

        Object anonymous() {
            return new Serializable() {
                private static final long serialVersionUID = 1;
                private int clicks = 2;

                @Override
                public String toString() {
                    return title + clicks;
                }
            };
        }
    }

    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1;
        private String owner = "me";
    }

    static final class Registry extends HashMap<String, Object> {
        private static final long serialVersionUID = 1;
        private int version = 5;
    }

    /** The cache of the books: its order is that of the last accesses, and it forgets the eldest. */
    static final class Recent extends LinkedHashMap<String, Object> {
        private static final long serialVersionUID = 1;
        private final int limit;

        Recent(int limit) {
            super(16, 0.75f, true);
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
            return size() > limit;
        }
    }

    static final class Index extends TreeMap<String, Object> {
        private static final long serialVersionUID = 1;
        private String label = "index";
    }

    static final class Deadline extends Date {
        private static final long serialVersionUID = 1;
        private String reason = "law";
    }

    private OwnClassSamples() {}

    static List<Sample> all() {
        SampleList samples = new SampleList("own class");
        samples.add("bean", OwnClassSamples::customer)
                .add("bean of all primitives", Primitives::new)
                .add("bean with nulls only", () -> new Holder(List.of()))
                .add("record", () -> new Money(1, "CHF"))
                .add("record, generic and nested", () -> new Pair<>(new Pair<>("a", 1), List.of(new Money(2, "EUR"))))
                .add("record of what changes", () -> new Pair<>(new Date(1), new ArrayList<>(List.of("x"))))
                .add("record of nulls", () -> new Pair<>(null, null))
                .add("record without components", Nothing::new)
                .add("record, local", OwnClassSamples::localRecord)
                .add("enum constants, with and without body", () -> new ArrayList<>(List.of(Discount.values())))
                .add("inner class", () -> new Outer().inner())
                .add("inner class beside its outer", () -> {
                    Outer outer = new Outer();
                    return new ArrayList<>(List.of(outer.inner(), outer, outer.anonymous()));
                })
                .add("anonymous class", () -> new Outer().anonymous())
                .add("anonymous class without surroundings", OwnClassSamples::anonymous)
                .add("local class with variables", () -> capturing("variable", new int[] {1}));
        addCollections(samples);
        return samples.toList();
    }

    private static void addCollections(SampleList samples) {
        samples.add("subclass of ArrayList", () -> CollectionSamples.filled(new Names()))
                .add("subclass of HashMap", () -> MapSamples.filled(new Registry()))
                .add("subclass of TreeMap", () -> MapSamples.filled(new Index()))
                .add("subclass of LinkedHashMap, in order of access", () -> MapSamples.filled(new Recent(4)))
                .add("subclass of Date", Deadline::new, value -> "deadline " + ((Deadline) value).reason)
                .add("double brace map", OwnClassSamples::doubleBraces);
    }

    static Customer customer() {
        Customer customer = new Customer("Ada");
        customer.emails.add("b@example.com");
        return customer;
    }

    private static Object localRecord() {
        record Point(int x, double y, List<String> labels) implements Serializable {}
        return new Point(1, 2.5, new ArrayList<>(List.of("here")));
    }

    private static Object anonymous() {
        return new Serializable() {
            private static final long serialVersionUID = 1;
            private final List<String> steps = new ArrayList<>(List.of("one"));
        };
    }

    private static Object capturing(String text, int[] numbers) {
        class Local implements Serializable {
            private static final long serialVersionUID = 1;
            private int own = 1;

            @Override
            public String toString() {
                return text + numbers[0] + own;
            }
        }
        return new Local();
    }

    @SuppressWarnings("DoubleBraceInitialization") // seen often
    private static Object doubleBraces() {
        return new HashMap<String, Object>() {
            private static final long serialVersionUID = 1;

            {
                put("a", 1);
                put("b", new ArrayList<>(List.of(2)));
            }
        };
    }
}
