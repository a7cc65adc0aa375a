package io.holdfast.benchmarks.http;

import io.holdfast.benchmarks.server.Directory;
import io.holdfast.benchmarks.server.Installed;
import io.holdfast.benchmarks.server.Jvm;
import io.holdfast.benchmarks.server.WatchedProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A whole Jetty with a {@code JETTY_BASE} of its own for applications of Jakarta EE 10. Besides what these need it has the modules
 * that count requests and show the counts.
 */
final class JettyHome implements ServerHome {
    private static final Path UNPACKED = Path.of("target", "jetty-12.1");
    private static final String MODULES = "http,statistics,jmx,ee10-deploy";
    private static final Pattern STARTED = Pattern.compile("INFO :oejs\\.Server:main: Started ");
    private static final Pattern PORT =
            Pattern.compile("Started \\S*ServerConnector@\\w+\\{.*}\\{127\\.0\\.0\\.1:(\\d+)}");
    private static final String XML = """
            <?xml version="1.0"?>
            <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
            """;

    private final Directory base;
    private final Site site;

    private JettyHome(Directory base, Site site) {
        this.base = base;
        this.site = site;
    }

    /** A {@code JETTY_BASE} on a free port. */
    static JettyHome fresh(Site site) {
        JettyHome home = new JettyHome(site.fresh(), site);
        home.base.create("logs");
        home.base.create("work");
        return home.withModules(MODULES, "jetty.http.host=127.0.0.1", "jetty.http.port=0");
    }

    /** Name of the distribution, which has its version. */
    static String version() {
        return Directory.unpacked(UNPACKED).getFileName().toString();
    }

    /** Adds modules, by commas, with these properties. */
    JettyHome withModules(String modules, String... properties) {
        String[] arguments = Stream.concat(Stream.of("--add-modules=" + modules), Stream.of(properties))
                .toArray(String[]::new);
        WatchedProcess.run(start(Jvm.program(), arguments));
        return this;
    }

    /** Unpacks an overlay that the build has provided. */
    JettyHome withOverlay(String zip) {
        base.unzip(Installed.file(zip));
        return this;
    }

    /** Puts a jar that the build has provided where the module {@code ext} finds it. */
    JettyHome withLibrary(String jar) {
        base.copy(Installed.file(jar), "lib/ext/" + jar);
        return this;
    }

    /** Adds to the configuration of the server, as a file of that name in {@code etc}. */
    JettyHome withConfiguration(String name, String elements) {
        base.write("etc/" + name + ".xml", XML + """
                <Configure id="Server" class="org.eclipse.jetty.server.Server">
                %s
                </Configure>
                """.formatted(elements));
        base.write("start.d/" + name + ".ini", "etc/" + name + ".xml\n");
        return this;
    }

    /** Has the application served under {@code /benchmark}. */
    JettyHome withApplication(String war) {
        base.write(
                "webapps/benchmark.xml",
                XML
                        + """
                <Configure class="org.eclipse.jetty.ee10.webapp.WebAppContext">
                  <Set name="contextPath">/benchmark</Set>
                  <Set name="war">%s</Set>
                  <Call name="setInitParameter"><Arg>attributes</Arg><Arg>%d</Arg></Call>
                  <Call name="setInitParameter"><Arg>bytes</Arg><Arg>%d</Arg></Call>
                </Configure>
                """.formatted(
                                        Installed.file(war),
                                        site.load().attributes(),
                                        site.load().bytes()));
        return this;
    }

    @Override
    public String name() {
        return "Jetty";
    }

    @Override
    public ProcessBuilder command() {
        return start(Jvm.server());
    }

    private ProcessBuilder start(List<String> java, String... arguments) {
        List<String> command = Stream.of(
                        java,
                        List.of(
                                "-jar",
                                Directory.unpacked(UNPACKED)
                                        .resolve("start.jar")
                                        .toAbsolutePath()
                                        .toString()),
                        List.of(arguments))
                .flatMap(List::stream)
                .toList();
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(base.path().toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(JETTY|JAVA|JDK)_.*|CLASSPATH"));
        return builder;
    }

    @Override
    public Path console() {
        return base.resolve("logs/jetty.out");
    }

    @Override
    public Pattern started() {
        return STARTED;
    }

    @Override
    public Pattern port() {
        return PORT;
    }
}
