package io.holdfast.corpus;

import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lambdas, method references and proxies that are serializable. */
final class FunctionSamples {
    interface SerializableFunction<A, B> extends Function<A, B>, Serializable {}

    interface Named {
        String name();
    }

    /** What frameworks make proxies of: a handler with a target. */
    static final class Remote implements InvocationHandler, Serializable {
        private static final long serialVersionUID = 1;
        private int calls = 1;
        private final String name;

        Remote(String name) {
            this.name = name;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // what a proxy is equal to
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return switch (method.getName()) {
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> name + calls;
            };
        }
    }

    private FunctionSamples() {}

    static List<Sample> all() {
        return new SampleList("function")
                .add(
                        "lambda",
                        () -> (SerializableFunction<Integer, Integer>) number -> number + 1,
                        function -> Portrait.of(function) + call(function, 1))
                .add(
                        "lambda with variables",
                        () -> adder(5, new ArrayList<>(List.of(1, 2))),
                        function -> Portrait.of(function) + call(function, 1))
                .add(
                        "lambda of an intersection type",
                        () -> (Supplier<String> & Serializable) () -> "supplied",
                        supplier -> Portrait.of(supplier) + ((Supplier<?>) supplier).get())
                .add(
                        "method reference",
                        () -> (SerializableFunction<String, Integer>) String::length,
                        function -> Portrait.of(function) + call(function, "four"))
                .add(
                        "method reference to an object",
                        () -> (Callable<String> & Serializable) new StringBuilder("target")::toString,
                        FunctionSamples::called)
                .add(
                        "constructor reference",
                        () -> (SerializableFunction<String, Object>) StringBuilder::new,
                        function -> Portrait.of(function) + call(function, "made"))
                .add(
                        "comparator by a key",
                        FunctionSamples::byKey,
                        comparator -> Portrait.of(comparator) + compare(comparator))
                .add("lambda in a bean", () -> new OwnClassSamples.Holder(adder(1, List.of())))
                .add("proxy", () -> proxy(Named.class))
                .add("proxy of a public interface", () -> proxy(Map.Entry.class, Comparable.class))
                .add("proxy in a list, twice", () -> {
                    Object proxy = proxy(Named.class);
                    return new ArrayList<>(List.of(proxy, proxy));
                })
                .toList();
    }

    private static Object adder(int summand, List<Integer> more) {
        return (SerializableFunction<Integer, Integer>) number -> number + summand + more.size();
    }

    private static Object byKey() {
        return Comparator.comparing((SerializableFunction<String, Integer>) String::length)
                .thenComparing(Comparator.reverseOrder());
    }

    private static Object proxy(Class<?>... interfaces) {
        return Proxy.newProxyInstance(FunctionSamples.class.getClassLoader(), interfaces, new Remote("remote"));
    }

    @SuppressWarnings("unchecked") // is only given such
    private static Object call(Object function, Object argument) {
        return ((Function<Object, Object>) function).apply(argument);
    }

    @SuppressWarnings("unchecked") // is only given such
    private static String compare(Object comparator) {
        Comparator<String> strings = (Comparator<String>) comparator;
        return " " + Integer.signum(strings.compare("a", "bb")) + Integer.signum(strings.compare("a", "b"));
    }

    private static String called(Object callable) {
        try {
            return Portrait.of(callable) + ((Callable<?>) callable).call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
