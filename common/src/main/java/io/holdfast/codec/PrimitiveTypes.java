package io.holdfast.codec;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The classes {@code Class.forName} does not find. */
final class PrimitiveTypes {
    private static final Map<String, Class<?>> BY_NAME = Stream.<Class<?>>of(
                    void.class,
                    boolean.class,
                    char.class,
                    byte.class,
                    short.class,
                    int.class,
                    long.class,
                    float.class,
                    double.class)
            .collect(Collectors.toMap(Class::getName, Function.identity()));

    private PrimitiveTypes() {}

    static @Nullable Class<?> named(String name) {
        return BY_NAME.get(name);
    }
}
