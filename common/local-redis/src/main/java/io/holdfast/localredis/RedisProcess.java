package io.holdfast.localredis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of {@code redis-server}, from its launch until it is stopped for good. */
final class RedisProcess {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

    private final Process server;
    private final Process watch;
    private final int port;
    private final Path directory;
    private final Path output;

    private RedisProcess(Process server, Process watch, int port, Path directory, Path output) {
        this.server = server;
        this.watch = watch;
        this.port = port;
        this.directory = directory;
        this.output = output;
    }

    /**
     * Starts a server without persistence and waits until it answers.
     *
     * @throws RedisStartException if it exits or does not answer within 20 seconds; nothing keeps running then
     */
    static RedisProcess launch(RedisBinary binary, int port, Path directory) {
        RedisProcess redis = start(binary, port, directory);
        try {
            redis.awaitAnswer();
            return redis;
        } catch (RuntimeException e) {
            redis.stop();
            throw e;
        }
    }

    private static RedisProcess start(RedisBinary binary, int port, Path directory) {
        Path output = directory.resolve("redis-server.log");
        List<String> command = List.of(
                binary.path().toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                directory.toString(),
                "--save",
                "",
                "--appendonly",
                "no");
        try {
            Process server = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new RedisProcess(server, watchOver(server), port, directory, output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + binary.path() + " (" + binary.origin() + ")", e);
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

    private void awaitAnswer() {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!answers()) {
            if (exitedWithin(POLL_INTERVAL)) {
                throw new RedisStartException("redis-server on port " + port + " exited with code " + server.exitValue()
                        + " instead of starting; its output:\n" + readOutput());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new RedisStartException("redis-server on port " + port + " did not answer within "
                        + START_TIMEOUT.toSeconds() + " s; its output:\n" + readOutput());
            }
        }
    }

    /** Whether this very server answers, and not another Redis that took the port before it: ours lives in our directory. */
    private boolean answers() {
        try (RespConnection connection = RespConnection.open("redis://127.0.0.1:" + port)) {
            List<String> setting = connection.send("CONFIG", "GET", "dir").texts();
            return setting.get(1).equals(directory.toRealPath().toString());
        } catch (IOException | UncheckedIOException | IllegalStateException notYet) {
            return false;
        }
    }

    private boolean exitedWithin(Duration time) {
        try {
            return server.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisStartException("interrupted while waiting for redis-server on port " + port);
        }
    }

    private String readOutput() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return "(unreadable: " + e.getMessage() + ")";
        }
    }

    /** Ends the server: by SIGTERM, and if it has not gone after 5 seconds or we are interrupted, by SIGKILL. */
    void stop() {
        watch.destroyForcibly(); // first, so that it never kills a later process with the same id
        server.destroy();
        try {
            if (!server.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                server.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
