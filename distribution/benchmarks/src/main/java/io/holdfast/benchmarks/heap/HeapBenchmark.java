package io.holdfast.benchmarks.heap;

import io.holdfast.benchmarks.heap.HeapFigures.State;
import io.holdfast.benchmarks.http.Conditions;
import io.holdfast.localredis.LocalRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures what sessions take in the heap, with Holdfast and with Tomcat's own manager; prints Markdown and leaves it in
 * {@code target/heap-benchmark.md}, with all figures in {@code target/heap-benchmark.json}. From the root of the source:
 *
 * <pre>
 * mvn -q -Pheap-benchmark -pl distribution/benchmarks -am
 * </pre>
 *
 * <p>{@code -Dbenchmarks.arguments="--sessions 1000"} takes fewer sessions than 9000. Bytes are counted and not timed, so other work on the
 * machine does not change them.
 */
public final class HeapBenchmark {
    private static final Path DIRECTORY = Path.of("target");
    private static final Path JSON = DIRECTORY.resolve("heap-benchmark.json");
    private static final Path MARKDOWN = DIRECTORY.resolve("heap-benchmark.md");
    private static final Path LOG = DIRECTORY.resolve("heap-benchmark.log");
    private static final String USAGE = "arguments: [--sessions <100..9500>]";
    private static final String[] IN_MEMORY = {};

    /** Of a node; they load classes and fill pools, which belong to no session. */
    private static final int FIRST_SESSIONS = 500;

    private final int sessions;

    private HeapBenchmark(int sessions) {
        this.sessions = sessions;
    }

    /** Takes the arguments of {@link #USAGE}; exits with 1 if it cannot run. */
    public static void main(String[] args) throws IOException {
        try {
            new HeapBenchmark(sessions(args)).run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** Together with the first, no more than a node keeps copies of. */
    static int sessions(String... arguments) {
        if (arguments.length == 0) {
            return 9_000;
        }
        if (arguments.length == 2 && arguments[0].equals("--sessions") && arguments[1].matches("\\d{3,4}")) {
            int sessions = Integer.parseInt(arguments[1]);
            if (sessions >= 100 && sessions <= 9_500) {
                return sessions;
            }
        }
        throw new IllegalArgumentException(String.join(" ", arguments) + " is not understood; " + USAGE);
    }

    private void run() throws IOException {
        Files.createDirectories(DIRECTORY);
        Conditions conditions = Conditions.here(Map.of("holdfast", System.getProperty("holdfast.version", "unknown")));
        List<State> inMemory;
        try (HeapProcess node = HeapProcess.start(LOG, IN_MEMORY)) {
            inMemory = new Measured(node).created(node.create(sessions));
        }
        try (LocalRedis redis = LocalRedis.start();
                HeapProcess node = HeapProcess.start(LOG, redis.uri());
                HeapProcess other = HeapProcess.start(LOG, redis.uri())) {
            Measured first = new Measured(node);
            Measured second = new Measured(other);
            List<String> cookies = node.create(sessions);
            List<State> holdfast = new ArrayList<>(first.created(cookies));
            holdfast.addAll(second.ofAnotherNode(cookies));
            node.ask("all", node.create(HeapFigures.CROWD));
            HeapFigures figures = new HeapFigures(conditions, sessions, inMemory, holdfast, first.more());
            Files.writeString(JSON, figures.json());
            String markdown = new HeapReport(figures).markdown();
            Files.writeString(MARKDOWN, markdown);
            System.out.println(markdown);
        }
    }

    /** A node, and what was live in it when it had served its first sessions. */
    private static final class Measured {
        private final HeapProcess node;
        private final ClassHistogram before;

        Measured(HeapProcess node) {
            this.node = node;
            node.ask("all", node.create(FIRST_SESSIONS));
            before = node.histogram();
        }

        ClassHistogram more() {
            return node.histogram().since(before);
        }

        /** States of sessions that the node has just created. */
        List<State> created(List<String> cookies) {
            State created = new State("created", HeapFigures.CREATED, more());
            node.ask("one", cookies);
            State one = new State("created, then 1 attribute read", HeapFigures.ONE_READ, more());
            node.ask("all", cookies);
            State all = new State("created, then all attributes read", HeapFigures.ALL_READ, more());
            return List.of(created, one, all);
        }

        /** States of sessions that it has not created. */
        List<State> ofAnotherNode(List<String> cookies) {
            node.ask("one", cookies);
            State one = new State("of another node, 1 attribute read", HeapFigures.ONE_READ, more());
            node.ask("all", cookies);
            State all = new State("of another node, all attributes read", HeapFigures.ALL_READ, more());
            return List.of(one, all);
        }
    }
}
