package io.holdfast.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Finds the JVMs of this machine that can run these tests: the running one and the newest. */
final class InstalledJdks {
    /** One of them, with its version as its {@code release} file has it. */
    record Jdk(Path home, Runtime.Version version) {
        Path launcher() {
            return home.resolve("bin").resolve("java");
        }
    }

    private InstalledJdks() {}

    /** The running one, and the newest of the others if that is a newer one. */
    static List<Jdk> runningAndNewest() {
        Path running = Path.of(System.getProperty("java.home"));
        List<Jdk> found = new ArrayList<>(List.of(new Jdk(running, Runtime.version())));
        Optional<Jdk> newest =
                candidates(running).flatMap(home -> describe(home).stream()).max(Comparator.comparing(Jdk::version));
        newest.filter(jdk -> jdk.version().feature() > Runtime.version().feature())
                .ifPresent(found::add);
        return found;
    }

    private static Stream<Path> candidates(Path running) {
        List<Path> homes = new ArrayList<>();
        try (Stream<Path> siblings = Files.list(running.toAbsolutePath().getParent())) {
            siblings.forEach(homes::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
            if (variable.getKey().startsWith("JAVA_HOME")) {
                homes.add(Path.of(variable.getValue()));
            }
        }
        return homes.stream();
    }

    private static Optional<Jdk> describe(Path home) {
        Path release = home.resolve("release");
        if (!Files.isReadable(release)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Stream<String> lines = Files.lines(release)) {
            lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .forEach(line -> properties.put("version", line.replaceAll("JAVA_VERSION=|\"", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = properties.getProperty("version");
        Jdk jdk = version == null ? null : new Jdk(home, parsed(version));
        return Optional.ofNullable(jdk).filter(found -> Files.isExecutable(found.launcher()));
    }

    /** Before Java 9 a version was 1.8.0_392. */
    private static Runtime.Version parsed(String version) {
        return Runtime.Version.parse(version.startsWith("1.") ? version.substring(2, 3) : version);
    }
}
