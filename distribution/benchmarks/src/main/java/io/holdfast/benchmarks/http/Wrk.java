package io.holdfast.benchmarks.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The load generator wrk: a given number of clients, each of which sends its next request when it has its answer.
 *
 * @param version what it says of itself
 * @param script that has it use sessions
 */
record Wrk(String version, Path script) {
    private static final String SCRIPT = "load.lua";
    private static final String SERVLET = "/benchmark/session/";
    private static final String MISSING =
            "wrk is not on the PATH. It is the load generator of this benchmark; install the package \"wrk\" of Debian or"
                    + " Ubuntu (apt-get install wrk), or of Homebrew (brew install wrk).";

    /**
     * Finds wrk on the {@code PATH}.
     *
     * @param directory where its script is put
     * @throws IllegalStateException if it is not installed
     */
    static Wrk find(Path directory) {
        return new Wrk(versionOf("wrk"), putScript(directory));
    }

    static String versionOf(String program) {
        try {
            return run(new ProcessBuilder(program, "-v"))
                    .lines()
                    .findFirst()
                    .map(line -> line.replaceFirst("\\s*(\\[|Copyright).*", ""))
                    .orElse(program);
        } catch (IOException e) {
            throw new IllegalStateException(MISSING, e);
        }
    }

    private static Path putScript(Path directory) {
        Path script = directory.resolve(SCRIPT);
        try (InputStream content = Wrk.class.getResourceAsStream(SCRIPT)) {
            if (content == null) {
                throw new IllegalStateException("no " + SCRIPT + " on the class path");
            }
            Files.createDirectories(directory);
            Files.copy(content, script, StandardCopyOption.REPLACE_EXISTING);
            return script.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Asks for so long.
     *
     * @param addresses host and port of each node
     * @param cookies for each node, a file with the cookies of the sessions that it is asked for
     * @param clients 1, which asks the first node only, or a multiple of the number of nodes
     */
    WrkResult run(List<String> addresses, List<Path> cookies, RequestKind kind, int clients, int seconds) {
        List<String> command = List.of(
                "wrk",
                "--threads=" + Math.min(clients, addresses.size()),
                "--connections=" + clients,
                "--duration=" + seconds + "s",
                "--timeout=10s",
                "--script=" + script,
                "http://" + addresses.get(0) + "/");
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.put("NODES", String.join(" ", addresses));
        environment.put("COOKIES", cookies.stream().map(Path::toString).collect(Collectors.joining(" ")));
        environment.put("CREATE", SERVLET + "create");
        environment.put("REQUESTS", kind.steps().stream().map(Wrk::word).collect(Collectors.joining(" ")));
        try {
            return WrkResult.parse(run(builder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String word(RequestKind.Step step) {
        return step.session().name().toLowerCase(Locale.ROOT) + ":" + SERVLET + step.name();
    }

    /** All that it prints. Its exit code tells nothing: {@code wrk -v} has that of an error. */
    private static String run(ProcessBuilder builder) throws IOException {
        Process process = builder.redirectErrorStream(true).start();
        try {
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } finally {
            process.destroy();
        }
    }
}
