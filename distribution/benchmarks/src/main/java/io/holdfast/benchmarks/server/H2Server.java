package io.holdfast.benchmarks.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** An H2 that keeps all in memory and serves any number of JVMs on this machine. */
public final class H2Server implements Database {
    private static final String JAR = "h2.jar";
    private static final Pattern STARTED = Pattern.compile("TCP server running at tcp://\\S+:(\\d+)");

    private final WatchedProcess process;
    private final int port;

    private H2Server(WatchedProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one on a free port.
     *
     * @param directory for its log
     */
    public static H2Server start(Path directory) {
        ProcessBuilder command = new ProcessBuilder(Jvm.server(
                "-cp", Installed.file(JAR).toString(), "org.h2.tools.Server", "-tcp", "-tcpPort", "0", "-ifNotExists"));
        WatchedProcess process = WatchedProcess.start("H2", command, directory.resolve("h2.out"), STARTED);
        return new H2Server(
                process, Integer.parseInt(process.awaitConsole(STARTED).group(1)));
    }

    @Override
    public String driverJar() {
        return JAR;
    }

    @Override
    public String driverClass() {
        return "org.h2.Driver";
    }

    @Override
    public String url() {
        // It would be gone with its last connection otherwise.
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/mem:sessions;DB_CLOSE_DELAY=-1";
    }

    @Override
    public String user() {
        return "sa";
    }

    @Override
    public String password() {
        return "";
    }

    @Override
    public String bytesType() {
        return "blob";
    }

    @Override
    public void execute(String sql) {
        String printed = WatchedProcess.run(new ProcessBuilder(Jvm.program(
                "-cp",
                Installed.file(JAR).toString(),
                "org.h2.tools.Shell",
                "-url",
                url(),
                "-user",
                user(),
                "-sql",
                sql)));
        if (printed.contains("Exception")) {
            throw new IllegalStateException("H2 did not execute " + sql + ":\n" + printed);
        }
    }

    @Override
    public Duration cpu() {
        return process.cpu();
    }

    @Override
    public void close() {
        process.close();
    }
}
