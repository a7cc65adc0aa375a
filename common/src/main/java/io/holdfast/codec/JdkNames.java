package io.holdfast.codec;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Names under which the JDK's private classes, and what we take for a class of the JDK, are stored: those of the method or type that makes their objects. Another JDK may
 * call the class otherwise, or have one where there are two today, and still reads what this one stored. Part of the stored
 * format.
 */
final class JdkNames {
    private static final String MARK = "@";

    private static final Map<Class<?>, String> NAMES = new HashMap<>();
    private static final Map<String, Class<?>> CLASSES = new HashMap<>();

    static {
        add("asList", Arrays.asList().getClass());
        add("List.of", List.of().getClass(), List.of(1).getClass());
        add("Set.of", Set.of().getClass(), Set.of(1).getClass());
        add("Map.of", Map.of().getClass(), Map.of(1, 1).getClass());
        add("emptyList", Collections.emptyList().getClass());
        add("emptySet", Collections.emptySet().getClass());
        add("emptyMap", Collections.emptyMap().getClass());
        add("singletonList", Collections.singletonList(1).getClass());
        add("singleton", Collections.singleton(1).getClass());
        add("singletonMap", Collections.singletonMap(1, 1).getClass());
        add("TimeZone", TimeZone.getTimeZone("UTC").getClass());
        add("ZoneId", ZoneId.of("Europe/Paris").getClass());
        add("EnumSet", EnumSet.class);
        add("accessOrder", AccessOrdered.class);
    }

    private JdkNames() {}

    private static void add(String name, Class<?>... types) {
        for (Class<?> type : types) {
            NAMES.put(type, MARK + name);
            CLASSES.putIfAbsent(MARK + name, type);
        }
    }

    /** The stored name of {@code type}. */
    static String of(Class<?> type) {
        String name = NAMES.get(EnumSet.class.isAssignableFrom(type) ? EnumSet.class : type);
        return name == null ? type.getName() : name;
    }

    /** The class stored under that name, of those that have one of their own; null: it is not one of them. */
    static @Nullable Class<?> named(String storedName) {
        return CLASSES.get(storedName);
    }
}
