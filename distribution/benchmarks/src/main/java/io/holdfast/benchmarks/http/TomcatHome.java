package io.holdfast.benchmarks.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A whole Tomcat of its own in a directory. From what came out of the archive it differs by a free port, no applications, no
 * access log, and connections that stay open: opening them would be most of the work.
 */
final class TomcatHome {
    private static final Path INSTALLED = Path.of("target", "installed");
    private static final Path UNPACKED = Path.of("target", "tomcat-10.1");

    private final Path directory;
    private final Load load;
    private final int redisPort;

    private TomcatHome(Path directory, Load load, int redisPort) {
        this.directory = directory;
        this.load = load;
        this.redisPort = redisPort;
    }

    /**
     * A copy of the distribution; what a former run left there is deleted.
     *
     * @param load tells what a session holds
     * @param redisPort on this machine
     */
    static TomcatHome fresh(Path directory, Load load, int redisPort) {
        deleteTree(directory);
        TomcatHome home = new TomcatHome(directory.toAbsolutePath(), load, redisPort);
        home.copyTree(distribution(), "");
        deleteTree(home.directory.resolve("webapps"));
        home.replace("conf/server.xml", "<Server port=\"8005\"", "<Server port=\"-1\"");
        home.replace(
                "conf/server.xml", "<Connector port=\"8080\"", "<Connector port=\"0\" maxKeepAliveRequests=\"-1\"");
        home.replace("conf/server.xml", "AccessLogValve\"", "AccessLogValve\" enabled=\"false\"");
        return home;
    }

    /** Name of the distribution, which has its version. */
    static String version() {
        return distribution().getFileName().toString();
    }

    private static Path distribution() {
        if (!Files.isDirectory(UNPACKED)) {
            throw new IllegalStateException(
                    "no " + UNPACKED + "; run mvn -Phttp-benchmarks as docs/benchmarks.md says");
        }
        List<Path> unpacked = list(UNPACKED);
        if (unpacked.size() != 1) {
            throw new IllegalStateException(UNPACKED + " holds " + unpacked + "; run mvn clean");
        }
        return unpacked.get(0);
    }

    /** Of the Redis for sessions, on this machine. */
    int redisPort() {
        return redisPort;
    }

    Path resolve(String file) {
        return directory.resolve(file);
    }

    /** Puts a jar that the build has provided into {@code lib}. */
    void addLibrary(String jar) {
        copy(INSTALLED.resolve(jar), resolve("lib").resolve(jar));
    }

    /** Puts all that is in a directory into {@code lib}. */
    void addLibraries(Path libraries) {
        copyTree(libraries, "lib");
    }

    /** Adds an element to the context of every application. */
    void addToContext(String element) {
        replace("conf/context.xml", "</Context>", element + "\n</Context>");
    }

    /** Has the application served under {@code /benchmark}. Tomcat's own jars are not searched for its parts: it starts sooner. */
    void deploy(String war) {
        write("conf/Catalina/localhost/benchmark.xml", """
                <Context docBase="%s">
                    <JarScanner scanClassPath="false"/>
                    <Parameter name="attributes" value="%d"/>
                    <Parameter name="bytes" value="%d"/>
                    <Parameter name="redisPort" value="%d"/>
                </Context>
                """.formatted(
                        INSTALLED.resolve(war).toAbsolutePath(), load.attributes(), load.bytes(), redisPort));
    }

    void write(String file, String text) {
        try {
            Path path = resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void replace(String file, String old, String replacement) {
        String text = read(file);
        int at = text.indexOf(old);
        if (at < 0) {
            throw new IllegalStateException(file + " of " + directory + " does not contain " + old);
        }
        write(file, text.substring(0, at) + replacement + text.substring(at + old.length()));
    }

    String read(String file) {
        try {
            return Files.readString(resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copyTree(Path from, String to) {
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> copy(file, resolve(to).resolve(from.relativize(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        createDirectory("temp");
        createDirectory("logs");
    }

    private void createDirectory(String name) {
        try {
            Files.createDirectories(resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> content = Files.list(directory)) {
            return content.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteTree(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
