package io.holdfast.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Jetty with a {@code JETTY_BASE} of its own, in which Holdfast is installed as the README says. Its HTTP port is any free one. */
public final class JettyInstall implements ServerInstall {
    private static final Pattern STARTED = Pattern.compile("INFO :oejs\\.Server:main: Started ");
    private static final Pattern PORT =
            Pattern.compile("Started \\S*ServerConnector@\\w+\\{.*}\\{127\\.0\\.0\\.1:(\\d+)}");
    private static final String REALM = "Example Form-Based Authentication Area";
    private static final String XML = """
            <?xml version="1.0"?>
            <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
            """;

    private final JettyLine line;
    private final Directory base;
    private List<String> jvmOptions = SHORT_LIVED;
    private boolean onModulePath;

    private JettyInstall(JettyLine line, Directory base) {
        this.line = line;
        this.base = base;
    }

    /** A {@code JETTY_BASE} for web applications of the line's environment. */
    static JettyInstall of(JettyLine line, String name) {
        return of(line, name, List.of(line.environment()));
    }

    /** A {@code JETTY_BASE} for web applications of these environments. */
    static JettyInstall of(JettyLine line, String name, List<String> environments) {
        return withModules(
                line, name, environments.stream().flatMap(JettyInstall::modules).toList());
    }

    private static Stream<String> modules(String environment) {
        String webSocket = environment.equals("ee8") ? "websocket-javax" : "websocket-jakarta";
        return Stream.of("deploy", "jsp", webSocket).map(module -> environment + "-" + module);
    }

    private static JettyInstall withModules(JettyLine line, String name, List<String> modules) {
        JettyInstall install = new JettyInstall(line, Directory.fresh(name));
        install.base.create("logs");
        install.run(
                "--add-modules=http," + String.join(",", modules), "jetty.http.host=127.0.0.1", "jetty.http.port=0");
        return install;
    }

    /** A {@code JETTY_BASE} with {@code workload.war}, in the line's environment, and what it needs. */
    static JettyInstall withWorkload(JettyLine line, String name) {
        JettyInstall install = withModules(line, name, List.of("jmx", line.environment() + "-deploy"));
        install.base.create("work");
        install.base.write(
                "webapps/workload.xml", XML + """
                <Configure class="org.eclipse.jetty.%s.webapp.WebAppContext">
                  <Set name="contextPath">/workload</Set>
                  <Set name="war">%s</Set>
                  <Call name="setInitParameter"><Arg>journal</Arg><Arg>%s</Arg></Call>
                </Configure>
                """.formatted(line.environment(), install.workload(), install.journal()));
        return install;
    }

    /** The application for the line's environment; what Tomcat translates while it loads classes is translated here as a whole. */
    private Path workload() {
        Path war = Directory.INSTALLED.resolve("workload.war").toAbsolutePath();
        if (line.environment().equals("ee8")) {
            return war;
        }
        Path translated = base.resolve("jakarta/workload.war");
        base.create("jakarta");
        print(new ProcessBuilder(
                java(), "-jar", line.sameServlets().migrationTool().toString(), war.toString(), translated.toString()));
        return translated;
    }

    /** Unpacks the overlay, for one of its modules to be added. */
    JettyInstall withOverlay() {
        base.unzip(Directory.INSTALLED.resolve("holdfast-jetty.zip"));
        return this;
    }

    /** The two steps of the installation: the overlay, and its module with these properties. */
    JettyInstall withHoldfast(String... properties) {
        withOverlay();
        run(Stream.concat(Stream.of("--add-modules=session-store-holdfast"), Stream.of(properties))
                .toArray(String[]::new));
        return this;
    }

    /**
     * Deploys the examples of Tomcat, as they are there. They name filters of Tomcat, which an application expects from its
     * container; the class path has these.
     */
    JettyInstall withExamples() {
        Path tomcat = line.sameServlets().distribution();
        base.write(
                "webapps/examples.xml",
                XML
                        + """
                <Configure class="org.eclipse.jetty.%s.webapp.WebAppContext">
                  <Set name="contextPath">/examples</Set>
                  <Set name="war">%s</Set>
                  <Set name="extraClasspath">%s</Set>
                </Configure>
                """.formatted(
                                        line.environment(),
                                        tomcat.resolve("webapps/examples"),
                                        Stream.of("catalina.jar", "tomcat-util.jar")
                                                .map(jar -> tomcat.resolve("lib")
                                                        .resolve(jar)
                                                        .toString())
                                                .collect(Collectors.joining(";"))));
        return this;
    }

    /** Adds a realm with this user, which is that of the examples too. */
    JettyInstall withUser(String name, String password, String role) {
        base.write("etc/realm.xml", XML + """
                <Configure id="Server" class="org.eclipse.jetty.server.Server">
                  <New id="users" class="org.eclipse.jetty.security.UserStore">
                    <Call name="addUser">
                      <Arg>%s</Arg>
                      <Arg>
                        <Call class="org.eclipse.jetty.util.security.Credential" name="getCredential"><Arg>%s</Arg></Call>
                      </Arg>
                      <Arg><Array type="String"><Item>%s</Item></Array></Arg>
                    </Call>
                  </New>
                  <Call name="addBean">
                    <Arg>
                      <New class="org.eclipse.jetty.security.HashLoginService">
                        <Arg>%s</Arg>
                        <Set name="userStore"><Ref refid="users"/></Set>
                      </New>
                    </Arg>
                  </Call>
                </Configure>
                """.formatted(name, password, role, REALM));
        base.write("start.d/realm.ini", "etc/realm.xml\n");
        return this;
    }

    /** Has Jetty's jars, and Holdfast's, be Java modules. */
    JettyInstall withModulePath() {
        base.write("start.d/module-path.ini", "--jpms\n");
        onModulePath = true;
        return this;
    }

    /** Puts a file into {@code JETTY_BASE}. */
    JettyInstall withFile(String file, String text) {
        base.write(file, text);
        return this;
    }

    /**
     * Runs {@code start.jar} for something else than to start the server.
     *
     * @return what it printed
     */
    String run(String... arguments) {
        return print(start(List.of(arguments)));
    }

    private static String print(ProcessBuilder command) {
        try {
            Process process = command.redirectErrorStream(true).start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command.command() + " failed:\n" + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + command.command(), e);
        }
    }

    /** Modules are known to a JVM from its start; {@code start.jar} would start another one. */
    @Override
    public ProcessBuilder command() {
        ProcessBuilder builder = start(List.of());
        if (!onModulePath) {
            return builder;
        }
        String modules =
                run(Stream.concat(jvmOptions.stream(), Stream.of("--dry-run")).toArray(String[]::new));
        if (!modules.contains(" --module-path ")) {
            throw new AssertionError("not started as modules: " + modules);
        }
        return builder.command("sh", "-c", "exec " + modules);
    }

    private ProcessBuilder start(List<String> arguments) {
        List<String> command = new ArrayList<>(jvmOptions);
        command.add(0, java());
        command.addAll(List.of("-jar", line.home().resolve("start.jar").toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(base.path().toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(JETTY|JAVA|JDK)_.*|CLASSPATH"));
        return builder;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    @Override
    public void liveLong() {
        jvmOptions = LONG_LIVED;
    }

    @Override
    public Path home() {
        return base.path();
    }

    @Override
    public String figures() {
        return "io.holdfast.jetty:type=sessionfigures,*";
    }

    @Override
    public ServerLogs logs() {
        return new ServerLogs(base.resolve("logs"), "jetty.out");
    }

    @Override
    public Pattern started() {
        return STARTED;
    }

    @Override
    public Pattern port() {
        return PORT;
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
