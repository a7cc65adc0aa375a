package io.holdfast.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;

/** A server in a process of its own that ends with {@link #close} or with this JVM, even if that is killed. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final ServerInstall install;
    private final Process server;
    private final Process watch;
    private int port;

    private ServerProcess(ServerInstall install, Process server, Process watch) {
        this.install = install;
        this.server = server;
        this.watch = watch;
    }

    /** Starts a server and goes on; {@link #awaitStarted} has to follow. */
    public static ServerProcess launch(ServerInstall install) {
        ProcessBuilder builder = install.command()
                .redirectErrorStream(true)
                .redirectOutput(install.logs().consoleFile().toFile());
        try {
            Process server = builder.start();
            return new ServerProcess(install, server, watchOver(server));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A shell that kills the server when our end of its standard input closes, which the system does for us even if this
     * JVM is killed and runs no shutdown hook.
     */
    private static Process watchOver(Process server) throws IOException {
        try {
            return new ProcessBuilder("sh", "-c", "read -r line; kill -9 " + server.pid()).start();
        } catch (IOException e) {
            server.destroyForcibly();
            throw e;
        }
    }

    /**
     * Waits until it has exited by itself.
     *
     * @return its exit code
     */
    public int awaitExit() {
        if (!exitedWithin(START_TIMEOUT)) {
            throw new AssertionError(install + " did not exit within " + START_TIMEOUT + ":\n" + logs().console());
        }
        watch.destroyForcibly();
        return server.exitValue();
    }

    /** Waits until all applications are deployed, or have failed to, and the port is open. */
    public ServerProcess awaitStarted() {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!install.started().matcher(logs().console()).find()) {
            if (exitedWithin(POLL_INTERVAL)) {
                throw new AssertionError(install + " exited instead of starting:\n" + logs().console());
            }
            if (System.nanoTime() - deadline > 0) {
                close();
                throw new AssertionError(install + " did not start within " + START_TIMEOUT + ":\n" + logs().console());
            }
        }
        Matcher matcher = install.port().matcher(logs().console());
        if (!matcher.find()) {
            close();
            throw new AssertionError("no port in the log:\n" + logs().console());
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
        server.destroyForcibly();
        if (!exitedWithin(STOP_TIMEOUT)) {
            throw new AssertionError(install + " survived SIGKILL for " + STOP_TIMEOUT);
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
            int result = new ProcessBuilder("kill", "-" + name, Long.toString(server.pid()))
                    .start()
                    .waitFor();
            if (result != 0) {
                throw new AssertionError(install + " cannot be sent SIG" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while signalling " + install, e);
        }
    }

    /** What it printed, and its log files. */
    public ServerLogs logs() {
        return install.logs();
    }

    /** Stops it the way a service manager does, and waits for it. */
    @Override
    public void close() {
        watch.destroyForcibly(); // first, so that it never kills a later process with the same id
        server.destroy();
        if (!exitedWithin(STOP_TIMEOUT)) {
            server.destroyForcibly();
            throw new AssertionError(install + " did not stop within " + STOP_TIMEOUT + ":\n" + logs().console());
        }
    }

    private boolean exitedWithin(Duration time) {
        try {
            return server.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + install, e);
        }
    }
}
