package io.holdfast.corpus;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Describes a value by everything an application could notice: classes, contents in their order, fields, which object
 * is where again. The text is the same in each JVM and class loader, and making it changes nothing.
 *
 * <p>Objects have numbers in the order of the first visit; a later visit shows {@code #number} only. Contents of hash
 * tables are sorted by their own portraits first, because their order means nothing.
 */
final class Portrait {
    private enum Style {
        USUAL,
        IN_ORDER,
        BY_KIND,
        BY_KIND_UNORDERED;

        boolean namesKinds() {
            return this == BY_KIND || this == BY_KIND_UNORDERED;
        }
    }

    private final Style style;
    private final StringBuilder text = new StringBuilder();
    private final IdentityHashMap<Object, Integer> numbers = new IdentityHashMap<>();

    /** Collections whose contents are being sorted; met again inside, they are a mark, not an endless text. */
    private final Set<Object> beingSorted;

    private Portrait(Style style, Set<Object> beingSorted) {
        this.style = style;
        this.beingSorted = beingSorted;
    }

    static String of(@Nullable Object value) {
        return inStyle(Style.USUAL, value);
    }

    /** Takes the order of all contents for a meaning one. */
    static String inOrder(@Nullable Object value) {
        return inStyle(Style.IN_ORDER, value);
    }

    /** Names the JDK's collections by their interface: one that stands in for another is as good. All order matters. */
    static String byKind(@Nullable Object value) {
        return inStyle(Style.BY_KIND, value);
    }

    /** As {@link #byKind}, of collections whose order means nothing. */
    static String byKindUnordered(@Nullable Object value) {
        return inStyle(Style.BY_KIND_UNORDERED, value);
    }

    private static String inStyle(Style style, @Nullable Object value) {
        Portrait portrait = new Portrait(style, Collections.newSetFromMap(new IdentityHashMap<>()));
        portrait.add(value);
        return portrait.text.toString();
    }

    /** Adds one object and all that belongs to it. */
    Portrait add(@Nullable Object value) {
        if (value == null) {
            return say("null");
        }
        if (PlainValues.is(value)) {
            return say(PlainValues.describe(value));
        }
        Integer number = numbers.putIfAbsent(value, numbers.size());
        if (number != null) {
            return say("#" + number);
        }
        say(nameOf(value)).say("{");
        if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                add(Array.get(value, i)).say(", ");
            }
        } else {
            addObject(value);
        }
        return say("}");
    }

    Portrait add(String label, @Nullable Object value) {
        return say(label).say("=").add(value).say("; ");
    }

    Portrait say(String words) {
        text.append(words);
        return this;
    }

    private String nameOf(Object value) {
        Class<?> type = value.getClass();
        if (Proxy.isProxyClass(type) || type.isHidden()) {
            List<String> interfaces = new ArrayList<>();
            Arrays.stream(type.getInterfaces()).forEach(each -> interfaces.add(each.getName()));
            Collections.sort(interfaces);
            return (type.isHidden() ? "lambda " : "proxy ") + interfaces;
        }
        return style.namesKinds() && !ownClasses(type).iterator().hasNext() ? Kind.of(value) : type.getName();
    }

    private void addObject(Object value) {
        Class<?> type = value.getClass();
        if (Proxy.isProxyClass(type)) {
            add("handler", Proxy.getInvocationHandler(value));
            return;
        }
        addFields(value);
        if (value instanceof Map<?, ?> map) {
            addMap(map);
        } else if (value instanceof Collection<?> collection) {
            add("comparator", Kind.comparatorOf(collection));
            addContents(collection, collection, Kind.isOrdered(collection));
        } else if (value instanceof Map.Entry<?, ?> entry) {
            add("key", entry.getKey()).add("value", entry.getValue());
        } else if (!ownClasses(type).contains(type) || type.getSuperclass() != Object.class) {
            JdkPortraits.add(this, value);
        }
    }

    private void addFields(Object value) {
        for (Class<?> part : ownClasses(value.getClass())) {
            Map<String, Field> fields = new TreeMap<>();
            for (Field field : part.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    fields.put(field.getName(), field);
                }
            }
            String owner = part.isHidden() ? "" : part.getSimpleName() + "."; // names of hidden classes are random
            fields.forEach((name, field) -> add(owner + name, Fields.get(field, value)));
        }
    }

    /** The classes an object is made of whose fields can be seen, the most special first. */
    static List<Class<?>> ownClasses(Class<?> type) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> part = type; part != null; part = part.getSuperclass()) {
            if (!Fields.isJdkClass(part) && !part.getName().startsWith("io.holdfast.codec.")) {
                classes.add(part);
            }
        }
        return classes;
    }

    private void addMap(Map<?, ?> map) {
        JdkPortraits.addDefaults(this, map);
        add("comparator", Kind.comparatorOf(map)).say(Kind.isInOrderOfAccess(map) ? "in order of access; " : "");
        List<Pair> pairs = new ArrayList<>();
        map.forEach((key, value) -> pairs.add(new Pair(key, value)));
        addContents(map, pairs, Kind.isOrdered(map));
    }

    private record Pair(@Nullable Object key, @Nullable Object value) {}

    private void addContents(Object owner, Collection<?> contents, boolean ordered) {
        if (beingSorted.contains(owner)) {
            say("(its contents)");
            return;
        }
        boolean inOrder = switch (style) {
            case USUAL -> ordered;
            case IN_ORDER, BY_KIND -> true;
            case BY_KIND_UNORDERED -> false;
        };
        Collection<?> sorted = inOrder ? contents : sorted(owner, contents);
        for (Object each : sorted) {
            addContent(each).say(", ");
        }
    }

    private Portrait addContent(@Nullable Object content) {
        return content instanceof Pair pair ? add(pair.key).say(" -> ").add(pair.value) : add(content);
    }

    private Collection<?> sorted(Object owner, Collection<?> contents) {
        record Keyed(String portrait, @Nullable Object content) {}
        beingSorted.add(owner);
        List<Keyed> keyed = new ArrayList<>();
        for (Object content : contents) {
            String own =
                    new Portrait(style, beingSorted).addContent(content).text.toString();
            keyed.add(new Keyed(own, content));
        }
        beingSorted.remove(owner);
        keyed.sort(Comparator.comparing(Keyed::portrait));
        List<@Nullable Object> sorted = new ArrayList<>();
        keyed.forEach(each -> sorted.add(each.content));
        return sorted;
    }
}
