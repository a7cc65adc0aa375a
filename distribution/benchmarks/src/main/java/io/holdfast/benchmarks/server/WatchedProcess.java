package io.holdfast.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own that ends with {@link #close} or with this JVM, even if that is killed. */
public final class WatchedProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final String name;
    private final Path console;
    private final Process server;
    private final Process watch;

    private WatchedProcess(String name, Path console, Process server, Process watch) {
        this.name = name;
        this.console = console;
        this.server = server;
        this.watch = watch;
    }

    /**
     * Starts it and goes on; {@link #awaitConsole} has to follow.
     *
     * @param name for messages
     * @param console file for all that it prints
     */
    public static WatchedProcess start(String name, ProcessBuilder command, Path console) {
        try {
            Files.createDirectories(console.getParent());
            Process server = command.redirectErrorStream(true)
                    .redirectOutput(console.toFile())
                    .start();
            return new WatchedProcess(name, console, server, watchOver(server));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts it and waits until it has printed something.
     *
     * @throws IllegalStateException as {@link #awaitConsole} does; then it does not run
     */
    public static WatchedProcess start(String name, ProcessBuilder command, Path console, Pattern started) {
        WatchedProcess process = start(name, command, console);
        try {
            process.awaitConsole(started);
            return process;
        } catch (IllegalStateException e) {
            process.close();
            throw e;
        }
    }

    /** A shell that kills the server when our end of its standard input closes, however this JVM ends. */
    private static Process watchOver(Process server) throws IOException {
        try {
            return new ProcessBuilder("sh", "-c", "read -r line; kill -9 " + server.pid()).start();
        } catch (IOException e) {
            server.destroyForcibly();
            throw e;
        }
    }

    /**
     * Waits until it has printed something.
     *
     * @return where that was found
     * @throws IllegalStateException if it does not within some minutes, or exits before; with all that it printed
     */
    public Matcher awaitConsole(Pattern pattern) {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (true) {
            Matcher matcher = pattern.matcher(console());
            if (matcher.find()) {
                return matcher;
            }
            if (exitedWithin(POLL_INTERVAL)) {
                throw new IllegalStateException(name + " exited instead of starting:\n" + console());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(name + " did not start within " + START_TIMEOUT + ":\n" + console());
            }
        }
    }

    /** All that it has printed. */
    public String console() {
        try {
            return Files.readString(console);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Processor time that its process and those that it has started have used, as far as they still run.
     *
     * @throws IllegalStateException if the system does not tell
     */
    public Duration cpu() {
        Duration own = server.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("this system does not tell processor times"));
        return server.descendants()
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO)) // it may have ended meanwhile
                .reduce(own, Duration::plus);
    }

    /** Ends it the hard way, which is quick, and waits until it is gone: nothing of it is needed any more. */
    @Override
    public void close() {
        watch.destroyForcibly(); // first, so that it never kills a later process with the same id
        server.destroyForcibly();
        if (!exitedWithin(STOP_TIMEOUT)) {
            throw new IllegalStateException(name + " survived SIGKILL for " + STOP_TIMEOUT);
        }
    }

    /** Ends it as a service manager does, so that it can put things in order; the hard way if that takes long. */
    public void stop() {
        watch.destroyForcibly();
        server.destroy();
        if (!exitedWithin(STOP_TIMEOUT)) {
            close();
        }
    }

    private boolean exitedWithin(Duration time) {
        try {
            return server.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }

    /**
     * Runs a program that ends by itself.
     *
     * @return what it printed
     * @throws IllegalStateException if it ends with another code than 0; with what it printed
     */
    public static String run(ProcessBuilder command) {
        try {
            Process process = command.redirectErrorStream(true).start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command.command() + " failed:\n" + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command.command(), e);
        }
    }
}
