package io.holdfast.benchmarks.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The JVM of every server: the one that runs this, with a heap that has one size from the start, so that nothing meets it growing. */
public final class Jvm {
    public static final String OPTIONS = "-Xms512m -Xmx512m";

    private Jvm() {}

    /** A server. */
    public static List<String> server(String... arguments) {
        return command(Stream.concat(Stream.of(OPTIONS.split(" ", -1)), Stream.of(arguments)));
    }

    /** A program that ends by itself. */
    public static List<String> program(String... arguments) {
        return command(Stream.of(arguments));
    }

    private static List<String> command(Stream<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        arguments.forEach(command::add);
        return command;
    }
}
