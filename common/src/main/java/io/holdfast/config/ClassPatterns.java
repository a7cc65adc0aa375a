package io.holdfast.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Patterns of class names, in the syntax of the JDK's {@code jdk.serialFilter}: separated by semicolons; {@code !} in front
 * refuses; {@code com.acme.*} is a package, {@code com.acme.**} with all below it, {@code com.acme.Cart*} whatever begins so,
 * {@code *} everything, anything else one class. Nested classes have a {@code $} before their name.
 *
 * @param patterns in the order they are tried
 */
public record ClassPatterns(List<ClassPattern> patterns) {
    /** No pattern at all. */
    public static final ClassPatterns NONE = new ClassPatterns(List.of());

    private static final Pattern SHAPE = Pattern.compile(
            "!?(\\*|[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*(\\.\\*\\*|\\.\\*|\\*)?)");

    public ClassPatterns {
        patterns = List.copyOf(patterns);
    }

    /**
     * One pattern.
     *
     * @param allows whether it allows or refuses
     * @param text the pattern, without {@code !}
     */
    public record ClassPattern(boolean allows, String text) {
        /** Whether it is the pattern for every class. */
        public boolean isForAll() {
            return "*".equals(text);
        }

        /** Whether it names one class. */
        public boolean isExact() {
            return !text.endsWith("*");
        }

        /** Whether {@code className}, as of {@link Class#getName()}, matches. */
        public boolean matches(String className) {
            if (text.endsWith(".**")) {
                return className.startsWith(text.substring(0, text.length() - 2));
            }
            if (text.endsWith(".*")) {
                int packageEnd = text.length() - 1;
                return className.startsWith(text.substring(0, packageEnd)) && className.indexOf('.', packageEnd) < 0;
            }
            return isExact() ? className.equals(text) : className.startsWith(text.substring(0, text.length() - 1));
        }

        @Override
        public String toString() {
            return allows ? text : "!" + text;
        }
    }

    /** The patterns of a text, or null when it is none. */
    static @Nullable ClassPatterns parse(String text) {
        List<ClassPattern> patterns = new ArrayList<>();
        for (String item : text.split(";", -1)) {
            String stripped = item.strip();
            if (stripped.isEmpty()) {
                continue;
            }
            if (!SHAPE.matcher(stripped).matches()) {
                return null;
            }
            boolean allows = !stripped.startsWith("!");
            patterns.add(new ClassPattern(allows, allows ? stripped : stripped.substring(1)));
        }
        return new ClassPatterns(patterns);
    }

    @Override
    public String toString() {
        return patterns.stream().map(ClassPattern::toString).collect(Collectors.joining(";"));
    }
}
