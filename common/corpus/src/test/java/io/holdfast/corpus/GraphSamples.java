package io.holdfast.corpus;

import io.holdfast.corpus.OwnClassSamples.Holder;
import io.holdfast.corpus.OwnClassSamples.Pair;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Objects that are reached in several ways, or again from within. */
@SuppressWarnings({"serial", "JavaUtilDate", "JdkObsolete", "unused", "UnnecessaryStringBuilder"}) // what sessions hold
final class GraphSamples {
    static final class Node implements Serializable {
        private static final long serialVersionUID = 1;
        private final String name;
        private @Nullable Node parent;
        private final List<Node> children = new ArrayList<>();
        private final Map<String, Node> byName = new HashMap<>();

        Node(String name) {
            this.name = name;
        }

        Node with(Node child) {
            child.parent = this;
            children.add(child);
            byName.put(child.name, child);
            return this;
        }
    }

    private GraphSamples() {}

    static List<Sample> all() {
        SampleList samples = new SampleList("graph");
        addShared(samples);
        addMixed(samples);
        addCycles(samples);
        return samples.toList();
    }

    private static void addShared(SampleList samples) {
        samples.add("one list twice in a list", () -> {
                    List<Object> list = new ArrayList<>(List.of("x"));
                    return new ArrayList<>(List.of(list, list, new ArrayList<>(list)));
                })
                .add("one date in bean, map and list", () -> {
                    Date date = new Date(3);
                    Holder holder = new Holder(date);
                    holder.second = new LinkedHashMap<>(Map.of("date", date));
                    holder.third = new LinkedList<>(List.of(date, new Date(3)));
                    return holder;
                })
                .add("one value in two records", () -> {
                    StringBuilder shared = new StringBuilder("s");
                    return new Pair<>(new Pair<>(shared, 1), new Pair<>(2, shared));
                })
                .add("one record twice", () -> {
                    Pair<?, ?> pair = new Pair<>(new Date(1), "x");
                    return Arrays.asList(pair, pair, new Pair<>(new Date(1), "x"));
                })
                .add("one optional twice", () -> {
                    Optional<?> optional = Optional.of(new StringBuilder("o"));
                    return new ArrayList<>(List.of(optional, optional));
                })
                .add("one entry as key and value", () -> {
                    List<Object> key = new ArrayList<>(List.of("k"));
                    return new HashMap<>(Map.of(key, key));
                });
    }

    /** A part of the graph needs Java serialization, another one does not. */
    private static void addMixed(SampleList samples) {
        samples.add("shared between plain data and a contract", () -> {
                    StringBuilder shared = new StringBuilder("shared");
                    Holder plain = new Holder(shared);
                    ContractSamples.Inheriting contract = new ContractSamples.Inheriting();
                    return new ArrayList<>(List.of(plain, new SharedHolder(shared), contract, shared, contract));
                })
                .add("shared between a lambda and a bean", () -> {
                    List<String> shared = new ArrayList<>(List.of("s"));
                    Holder holder = new Holder(shared);
                    holder.second = (FunctionSamples.SerializableFunction<Integer, Object>) shared::get;
                    return holder;
                })
                .add("shared between a synchronized list and a list", () -> {
                    List<Object> shared = new ArrayList<>(List.of("s"));
                    return new ArrayList<>(List.of(java.util.Collections.synchronizedList(shared), shared));
                })
                .add("optionals beside a contract", () -> {
                    Holder holder = new Holder(new ContractSamples.Inheriting());
                    holder.second = Optional.of(new StringBuilder("x"));
                    holder.third = Optional.empty();
                    return holder;
                })
                .addView("views beside a contract", () -> {
                    Holder holder = new Holder(new ContractSamples.Inheriting());
                    holder.second = new ArrayList<>(List.of("a", "b")).subList(0, 1);
                    holder.third = MapSamples.filled(new TreeMap<>()).keySet();
                    return holder;
                });
    }

    private static void addCycles(SampleList samples) {
        samples.add(
                        "tree with parents",
                        () -> new Node("root")
                                .with(new Node("a").with(new Node("b")))
                                .with(new Node("c")))
                .add("bean that holds itself", () -> {
                    Holder holder = new Holder("first");
                    holder.second = holder;
                    return holder;
                })
                .add("list that holds itself", () -> {
                    List<Object> list = new ArrayList<>(List.of("x"));
                    list.add(list);
                    return list;
                })
                .add("map whose value holds it", () -> {
                    Map<String, Object> map = new HashMap<>();
                    map.put("self", new Object[] {map});
                    return map;
                })
                .add("set of what knows the set", () -> {
                    HashSet<Object> set = new HashSet<>();
                    Holder holder = new Holder(set);
                    set.add(holder);
                    return holder;
                })
                .add("cycle through a contract", () -> {
                    List<Object> list = new ArrayList<>();
                    list.add(new SharedHolder(list));
                    return list;
                })
                .add("ring of a hundred", GraphSamples::ring)
                .add("nested 300 deep", GraphSamples::nested);
    }

    /** Written by its own code. */
    static final class SharedHolder extends ContractSamples.Versioned {
        private static final long serialVersionUID = 1;
        private final Object held;

        SharedHolder(Object held) {
            this.held = held;
        }
    }

    private static Object ring() {
        Holder first = new Holder("0");
        Holder last = first;
        for (int i = 1; i < 100; i++) {
            Holder next = new Holder("" + i);
            last.second = next;
            last = next;
        }
        last.second = first;
        return first;
    }

    private static Object nested() {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            list = new ArrayList<>(List.of(list));
        }
        return list;
    }
}
