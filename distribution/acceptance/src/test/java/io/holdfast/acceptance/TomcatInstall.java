package io.holdfast.acceptance;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A Tomcat with a directory of its own, in which Holdfast is installed as the README says. Two more things differ from
 * what came out of the archive, because several run side by side: the HTTP port is any free one, and the shutdown port
 * is off.
 */
public final class TomcatInstall implements ServerInstall {
    private static final Pattern STARTED = Pattern.compile("Server startup in ");
    private static final Pattern PORT = Pattern.compile("Starting ProtocolHandler \\[\"http-nio-auto-\\d+-(\\d+)\"]");

    private final TomcatLine line;
    private final Directory home;
    private List<String> jvmOptions = SHORT_LIVED;

    private TomcatInstall(TomcatLine line, Directory home) {
        this.line = line;
        this.home = home;
    }

    /** A fresh copy of the whole distribution. */
    public static TomcatInstall of(TomcatLine line, String name) {
        Directory home = Directory.fresh(name);
        home.copyTree(line.distribution());
        home.replace("conf/server.xml", "<Server port=\"8005\"", "<Server port=\"-1\"");
        home.replace("conf/server.xml", "<Connector port=\"8080\"", "<Connector port=\"0\"");
        return new TomcatInstall(line, home);
    }

    /** The two steps of the installation: the jar into {@code lib}, one line into {@code conf/context.xml}. */
    public TomcatInstall withHoldfast(String settings) {
        home.copy(Directory.INSTALLED.resolve("holdfast-tomcat.jar"), "lib/holdfast-tomcat.jar");
        home.replace(
                "conf/context.xml",
                "</Context>",
                "<Manager className=\"io.holdfast.tomcat.RedisSessionManager\" " + settings + "/>\n</Context>");
        return this;
    }

    TomcatInstall withUser(String name, String password, String role) {
        home.replace(
                "conf/tomcat-users.xml",
                "</tomcat-users>",
                "<user username=\"%s\" password=\"%s\" roles=\"%s\"/>\n</tomcat-users>"
                        .formatted(name, password, role));
        return this;
    }

    /** Leaves out of the applications that come with Tomcat all but these, to start sooner. */
    public TomcatInstall withOnly(String... applications) {
        for (Path application : Directory.list(home.resolve("webapps"))) {
            if (!List.of(applications).contains(application.getFileName().toString())) {
                Directory.deleteTree(application);
            }
        }
        return this;
    }

    /**
     * Deploys {@code notebook.war} with the address of the Redis it uses itself. Its class loader asks Tomcat's
     * {@code lib} first: an unmoved library in there would win over the application's own.
     */
    TomcatInstall withNotebook(String redisUri) {
        home.write("conf/Catalina/localhost/notebook.xml", """
                <Context docBase="%s">
                    <Loader delegate="true"/>
                    <Parameter name="redis" value="%s"/>
                </Context>
                """.formatted(
                        Directory.INSTALLED.resolve("notebook.war").toAbsolutePath(), redisUri));
        return this;
    }

    /**
     * Deploys {@code workload.war} alone. It is written for Servlet 4.0; later lines of Tomcat translate it when they load it.
     * Tomcat looks for expired sessions every second.
     */
    TomcatInstall withWorkload() {
        withOnly();
        home.replace(
                "conf/server.xml",
                "defaultHost=\"localhost\">",
                "defaultHost=\"localhost\" backgroundProcessorDelay=\"1\">");
        home.replace("conf/server.xml", "AccessLogValve\"", "AccessLogValve\" enabled=\"false\"");
        home.write("conf/Catalina/localhost/workload.xml", """
                <Context docBase="%s">
                    %s
                    <Parameter name="journal" value="%s"/>
                </Context>
                """.formatted(
                        Directory.INSTALLED.resolve("workload.war").toAbsolutePath(),
                        line == TomcatLine.TOMCAT_9_0 ? "" : "<Loader jakartaConverter=\"TOMCAT\"/>",
                        journal()));
        return this;
    }

    /**
     * Has its JVM go by a clock that is wrong by what the file says. Connections are not kept, because Tomcat closes those that
     * seem to have been idle for long when its clock is put forward.
     */
    void withClock(Path shift) {
        Path agent = Directory.INSTALLED.resolve("wrong-clock.jar").toAbsolutePath();
        home.write("bin/setenv.sh", "CATALINA_OPTS=\"$CATALINA_OPTS '-javaagent:" + agent + "=" + shift + "'\"\n");
        home.replace("conf/server.xml", "<Connector port=\"0\"", "<Connector port=\"0\" maxKeepAliveRequests=\"1\"");
    }

    @Override
    public void liveLong() {
        jvmOptions = LONG_LIVED;
    }

    @Override
    public Path home() {
        return home.path();
    }

    @Override
    public String figures() {
        return "Catalina:type=Manager,*";
    }

    @Override
    public ProcessBuilder command() {
        ProcessBuilder builder =
                new ProcessBuilder(home.resolve("bin/catalina.sh").toString(), "run");
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.matches("(CATALINA|JAVA|JRE|JPDA|LOGGING)_.*|CLASSPATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("CATALINA_OPTS", String.join(" ", jvmOptions));
        return builder;
    }

    @Override
    public ServerLogs logs() {
        return new ServerLogs(home.resolve("logs"), "catalina.out");
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
