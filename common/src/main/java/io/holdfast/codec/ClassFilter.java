package io.holdfast.codec;

import io.holdfast.config.ClassPatterns;
import io.holdfast.config.ClassPatterns.ClassPattern;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides which classes may be stored and read, by name alone: when bytes are read, before the class is even loaded. It holds
 * for every object of an attribute, in both encodings. The first rule that fits decides:
 *
 * <ol>
 *   <li>a class one of the configured patterns names exactly: as that pattern says;
 *   <li>{@linkplain KnownGadgets known gadgets}: refused;
 *   <li>the first of the configured patterns that matches; the pattern for everything, {@code !*}, leaves out the data types
 *       of the JDK, which every application needs;
 *   <li>anything else: allowed.
 * </ol>
 *
 * <p>Arrays are as good as their elements.
 */
final class ClassFilter {
    private static final List<ClassPattern> JDK_DATA = List.of(
                    "java.lang.*",
                    "java.lang.invoke.SerializedLambda",
                    "java.lang.reflect.Proxy",
                    "java.math.*",
                    "java.net.*",
                    "java.sql.*",
                    "java.text.*",
                    "java.time.**",
                    "java.util.**",
                    "sun.util.calendar.*")
            .stream()
            .map(text -> new ClassPattern(true, text))
            .toList();

    /** Damaged or hostile bytes can bring any number of names. */
    private static final int MAX_REMEMBERED = 2_000;

    private final List<ClassPattern> configured;
    private final Map<String, Boolean> decisions = new ConcurrentHashMap<>();

    ClassFilter(ClassPatterns configured) {
        this.configured = configured.patterns();
    }

    /** Whether objects of the class called {@code className}, as of {@link Class#getName()}, may be stored and read. */
    boolean allows(String className) {
        Boolean known = decisions.get(className);
        if (known != null) {
            return known;
        }
        boolean decided = decide(elementOf(className));
        if (decisions.size() < MAX_REMEMBERED) {
            decisions.put(className, decided);
        }
        return decided;
    }

    private boolean decide(String className) {
        for (ClassPattern pattern : configured) {
            if (pattern.isExact() && pattern.matches(className)) {
                return pattern.allows();
            }
        }
        if (matchesAny(KnownGadgets.patterns(), className)) {
            return false;
        }
        for (ClassPattern pattern : configured) {
            if (pattern.matches(className)) {
                return pattern.allows() || (pattern.isForAll() && isJdkData(className));
            }
        }
        return true;
    }

    private static boolean isJdkData(String className) {
        return PrimitiveTypes.named(className) != null || matchesAny(JDK_DATA, className);
    }

    private static boolean matchesAny(List<ClassPattern> patterns, String className) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(className));
    }

    /** {@code [[Lcom.acme.Cart;} holds {@code com.acme.Cart}; {@code [I} holds what needs no filter. */
    private static String elementOf(String className) {
        if (!className.startsWith("[")) {
            return className;
        }
        int dimensions = className.lastIndexOf('[') + 1;
        return className.startsWith("L", dimensions) && className.endsWith(";")
                ? className.substring(dimensions + 1, className.length() - 1)
                : "int";
    }
}
