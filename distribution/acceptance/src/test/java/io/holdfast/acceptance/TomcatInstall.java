package io.holdfast.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Tomcat with a directory of its own, in which Holdfast is installed as the README says. Two more things differ from
 * what came out of the archive, because several run side by side: the HTTP port is any free one, and the shutdown port
 * is off.
 */
public final class TomcatInstall {
    private static final Path INSTALLED = Path.of("target", "installed");
    private static final Path NODES = Path.of("target", "nodes");

    private final TomcatLine line;
    private final Path home;

    private TomcatInstall(TomcatLine line, Path home) {
        this.line = line;
        this.home = home;
    }

    /** A fresh copy of the whole distribution. */
    public static TomcatInstall of(TomcatLine line, String name) {
        Path home = NODES.resolve(name).toAbsolutePath();
        deleteTree(home);
        copyTree(line.distribution(), home);
        TomcatInstall install = new TomcatInstall(line, home);
        install.replace("conf/server.xml", "<Server port=\"8005\"", "<Server port=\"-1\"");
        install.replace("conf/server.xml", "<Connector port=\"8080\"", "<Connector port=\"0\"");
        return install;
    }

    /** The two steps of the installation: the jar into {@code lib}, one line into {@code conf/context.xml}. */
    public TomcatInstall withHoldfast(String settings) {
        copy(INSTALLED.resolve("holdfast-tomcat.jar"), home.resolve("lib/holdfast-tomcat.jar"));
        replace(
                "conf/context.xml",
                "</Context>",
                "<Manager className=\"io.holdfast.tomcat.RedisSessionManager\" " + settings + "/>\n</Context>");
        return this;
    }

    TomcatInstall withUser(String name, String password, String role) {
        replace(
                "conf/tomcat-users.xml",
                "</tomcat-users>",
                "<user username=\"%s\" password=\"%s\" roles=\"%s\"/>\n</tomcat-users>"
                        .formatted(name, password, role));
        return this;
    }

    /** Leaves out of the applications that come with Tomcat all but these, to start sooner. */
    public TomcatInstall withOnly(String... applications) {
        for (Path application : list(home.resolve("webapps"))) {
            if (!List.of(applications).contains(application.getFileName().toString())) {
                deleteTree(application);
            }
        }
        return this;
    }

    /**
     * Deploys {@code notebook.war} with the address of the Redis it uses itself. Its class loader asks Tomcat's
     * {@code lib} first: an unmoved library in there would win over the application's own.
     */
    TomcatInstall withNotebook(String redisUri) {
        write("conf/Catalina/localhost/notebook.xml", """
                <Context docBase="%s">
                    <Loader delegate="true"/>
                    <Parameter name="redis" value="%s"/>
                </Context>
                """.formatted(
                        INSTALLED.resolve("notebook.war").toAbsolutePath(), redisUri));
        return this;
    }

    /**
     * Deploys {@code workload.war} alone. It is written for Servlet 4.0; later lines of Tomcat translate it when they load it.
     * Tomcat looks for expired sessions every second.
     *
     * @param journal the file to which the application appends what its listeners hear
     */
    public TomcatInstall withWorkload(Path journal) {
        withOnly();
        replace(
                "conf/server.xml",
                "defaultHost=\"localhost\">",
                "defaultHost=\"localhost\" backgroundProcessorDelay=\"1\">");
        replace("conf/server.xml", "AccessLogValve\"", "AccessLogValve\" enabled=\"false\"");
        write("conf/Catalina/localhost/workload.xml", """
                <Context docBase="%s">
                    %s
                    <Parameter name="journal" value="%s"/>
                </Context>
                """.formatted(
                        INSTALLED.resolve("workload.war").toAbsolutePath(),
                        line == TomcatLine.TOMCAT_9_0 ? "" : "<Loader jakartaConverter=\"TOMCAT\"/>",
                        journal.toAbsolutePath()));
        return this;
    }

    /**
     * Has its JVM go by a clock that is wrong by what the file says. Connections are not kept, because Tomcat closes those that
     * seem to have been idle for long when its clock is put forward.
     */
    void withClock(Path shift) {
        Path agent = INSTALLED.resolve("wrong-clock.jar").toAbsolutePath();
        write("bin/setenv.sh", "CATALINA_OPTS=\"$CATALINA_OPTS '-javaagent:" + agent + "=" + shift + "'\"\n");
        replace("conf/server.xml", "<Connector port=\"0\"", "<Connector port=\"0\" maxKeepAliveRequests=\"1\"");
    }

    /** Its directory. */
    public Path home() {
        return home;
    }

    private void replace(String file, String old, String replacement) {
        String text = read(home.resolve(file));
        int at = text.indexOf(old);
        if (at < 0) {
            throw new AssertionError(file + " of " + home + " does not contain " + old);
        }
        write(file, text.substring(0, at) + replacement + text.substring(at + old.length()));
    }

    private void write(String file, String text) {
        try {
            Files.createDirectories(home.resolve(file).getParent());
            Files.writeString(home.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyTree(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> copy(file, to.resolve(from.relativize(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
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
