package io.holdfast.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Tomcat started by {@code bin/catalina.sh run}, in a process of its own that ends with {@link #close} or with this
 * JVM, even if that is killed.
 */
public final class TomcatProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final Pattern PORT = Pattern.compile("Starting ProtocolHandler \\[\"http-nio-auto-\\d+-(\\d+)\"]");

    private final Process tomcat;
    private final Process watch;
    private final TomcatLogs logs;
    private int port;

    private TomcatProcess(Process tomcat, Process watch, TomcatLogs logs) {
        this.tomcat = tomcat;
        this.watch = watch;
        this.logs = logs;
    }

    /** Starts a Tomcat and goes on; {@link #awaitStarted} has to follow. */
    public static TomcatProcess launch(TomcatInstall install) {
        Path console = install.home().resolve("logs/catalina.out");
        ProcessBuilder builder = new ProcessBuilder(
                        install.home().resolve("bin/catalina.sh").toString(), "run")
                .redirectErrorStream(true)
                .redirectOutput(console.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.matches("(CATALINA|JAVA|JRE|JPDA|LOGGING)_.*|CLASSPATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("CATALINA_OPTS", "-Xmx256m");
        try {
            Process tomcat = builder.start();
            return new TomcatProcess(
                    tomcat, watchOver(tomcat), new TomcatLogs(install.home().resolve("logs")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A shell that kills Tomcat when our end of its standard input closes, which the system does for us even if this
     * JVM is killed and runs no shutdown hook.
     */
    private static Process watchOver(Process tomcat) throws IOException {
        try {
            return new ProcessBuilder("sh", "-c", "read -r line; kill -9 " + tomcat.pid()).start();
        } catch (IOException e) {
            tomcat.destroyForcibly();
            throw e;
        }
    }

    /** Waits until all applications are deployed, or have failed to, and the port is open. */
    public TomcatProcess awaitStarted() {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!logs.console().contains("Server startup in ")) {
            if (exitedWithin(POLL_INTERVAL)) {
                throw new AssertionError("Tomcat exited instead of starting:\n" + logs.console());
            }
            if (System.nanoTime() - deadline > 0) {
                close();
                throw new AssertionError("Tomcat did not start within " + START_TIMEOUT + ":\n" + logs.console());
            }
        }
        Matcher matcher = PORT.matcher(logs.console());
        if (!matcher.find()) {
            close();
            throw new AssertionError("no port in the log:\n" + logs.console());
        }
        port = Integer.parseInt(matcher.group(1));
        return this;
    }

    /** Address of a path. */
    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** Ends it the hard way, as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        watch.destroyForcibly();
        tomcat.destroyForcibly();
        if (!exitedWithin(STOP_TIMEOUT)) {
            throw new AssertionError("Tomcat survived SIGKILL for " + STOP_TIMEOUT);
        }
    }

    /** From now on it stands still, with its connections open, until {@link #resume}. */
    public void suspend() {
        signal("STOP");
    }

    /** Lets it go on. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int result = new ProcessBuilder("kill", "-" + name, Long.toString(tomcat.pid()))
                    .start()
                    .waitFor();
            if (result != 0) {
                throw new AssertionError("Tomcat cannot be sent SIG" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while signalling Tomcat", e);
        }
    }

    /** What it printed, and its log files. */
    public TomcatLogs logs() {
        return logs;
    }

    /** Stops Tomcat the way a service manager does, and waits for it. */
    @Override
    public void close() {
        watch.destroyForcibly(); // first, so that it never kills a later process with the same id
        tomcat.destroy();
        if (!exitedWithin(STOP_TIMEOUT)) {
            tomcat.destroyForcibly();
            throw new AssertionError("Tomcat did not stop within " + STOP_TIMEOUT + ":\n" + logs.console());
        }
    }

    private boolean exitedWithin(Duration time) {
        try {
            return tomcat.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            tomcat.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for Tomcat", e);
        }
    }
}
