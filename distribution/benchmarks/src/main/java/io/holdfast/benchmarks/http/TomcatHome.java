package io.holdfast.benchmarks.http;

import io.holdfast.benchmarks.server.Directory;
import io.holdfast.benchmarks.server.Installed;
import io.holdfast.benchmarks.server.Jvm;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A whole Tomcat of its own. From what came out of the archive it differs by a free port, no applications, no access log, and
 * connections that stay open: opening them would be most of the work.
 */
final class TomcatHome implements ServerHome {
    private static final Path UNPACKED = Path.of("target", "tomcat-10.1");
    private static final String SERVER_XML = "conf/server.xml";
    private static final Pattern STARTED = Pattern.compile("Server startup in ");
    private static final Pattern PORT = Pattern.compile("Starting ProtocolHandler \\[\"http-nio-auto-\\d+-(\\d+)\"]");

    private final Directory directory;
    private final Site site;
    private String jvmOptions = Jvm.OPTIONS;

    private TomcatHome(Directory directory, Site site) {
        this.directory = directory;
        this.site = site;
    }

    /** A copy of the distribution. */
    static TomcatHome fresh(Site site) {
        TomcatHome home = new TomcatHome(site.fresh(), site);
        Directory directory = home.directory;
        directory.copyTree(Directory.unpacked(UNPACKED), "");
        directory.delete("webapps");
        directory.create("temp");
        directory.create("logs");
        directory.replace(SERVER_XML, "<Server port=\"8005\"", "<Server port=\"-1\"");
        directory.replace(SERVER_XML, "<Connector port=\"8080\"", "<Connector port=\"0\" maxKeepAliveRequests=\"-1\"");
        directory.replace(SERVER_XML, "AccessLogValve\"", "AccessLogValve\" enabled=\"false\"");
        return home;
    }

    /** Name of the distribution, which has its version. */
    static String version() {
        return Directory.unpacked(UNPACKED).getFileName().toString();
    }

    /** Puts a jar that the build has provided into {@code lib}. */
    TomcatHome withLibrary(String jar) {
        directory.copy(Installed.file(jar), "lib/" + jar);
        return this;
    }

    /** Puts all that is in a directory into {@code lib}. */
    TomcatHome withLibraries(Path libraries) {
        directory.copyTree(libraries, "lib");
        return this;
    }

    TomcatHome withFile(String file, String text) {
        directory.write(file, text);
        return this;
    }

    /** Adds an element to the context of every application. */
    TomcatHome withContextElement(String element) {
        directory.replace("conf/context.xml", "</Context>", element + "\n</Context>");
        return this;
    }

    /** Adds a resource of the whole server. */
    TomcatHome withGlobalResource(String element) {
        directory.replace(SERVER_XML, "</GlobalNamingResources>", element + "\n</GlobalNamingResources>");
        return this;
    }

    TomcatHome withSystemProperty(String name, String value) {
        jvmOptions += " -D" + name + "=" + value;
        return this;
    }

    /** Has the application served under {@code /benchmark}. Tomcat's own jars are not searched for its parts: it starts sooner. */
    TomcatHome withApplication(String war) {
        return withFile("conf/Catalina/localhost/benchmark.xml", """
                <Context docBase="%s">
                    <JarScanner scanClassPath="false"/>
                    <Parameter name="attributes" value="%d"/>
                    <Parameter name="bytes" value="%d"/>
                    <Parameter name="redisPort" value="%d"/>
                </Context>
                """.formatted(
                Installed.file(war), site.load().attributes(), site.load().bytes(), site.redisPort()));
    }

    @Override
    public String name() {
        return "Tomcat";
    }

    @Override
    public ProcessBuilder command() {
        ProcessBuilder builder =
                new ProcessBuilder(directory.resolve("bin/catalina.sh").toString(), "run");
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.matches("(CATALINA|JAVA|JRE|JPDA|LOGGING)_.*|CLASSPATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("CATALINA_OPTS", jvmOptions);
        return builder;
    }

    @Override
    public Path console() {
        return directory.resolve("logs/catalina.out");
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
