package io.holdfast.localredis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A throw-away Redis on this machine: a {@code redis-server} process that listens on 127.0.0.1 only, keeps nothing on disk
 * and ends with {@link #close}, or with this JVM, even if that is killed.
 *
 * <p>It runs the {@code redis-server} on the {@code PATH} if there is one, else the bundled one (Linux and macOS).
 *
 * <p>{@link #stop} and {@link #startAgain} imitate an outage. Every method may be called from any thread; they take
 * turns.
 */
public final class LocalRedis implements AutoCloseable {
    private static final int PORT_ATTEMPTS = 5;
    private static final Set<LocalRedis> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(LocalRedis::close), "local-redis-shutdown"));
    }

    private final RedisBinary binary;
    private final int port;
    private final Path directory;

    @GuardedBy("this")
    private @Nullable RedisProcess process;

    private LocalRedis(RedisBinary binary, int port, Path directory) {
        this.binary = binary;
        this.port = port;
        this.directory = directory;
    }

    /** Starts a Redis on a free port and waits until it answers, at most 20 seconds. */
    public static LocalRedis start() {
        for (int attempt = 1; ; attempt++) {
            try {
                return startOn(FreePort.find());
            } catch (RedisStartException e) {
                if (!e.portWasTaken() || attempt == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Starts a Redis on this port and waits until it answers, at most 20 seconds.
     *
     * @throws IllegalStateException if it does not start; the message contains what it printed
     */
    public static LocalRedis startOn(int port) {
        LocalRedis redis = new LocalRedis(RedisBinary.find(), port, createDirectory());
        OPEN.add(redis);
        try {
            redis.startAgain();
            return redis;
        } catch (RuntimeException e) {
            redis.close();
            throw e;
        }
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Which program it runs, for messages. */
    String origin() {
        return binary.origin();
    }

    /** Ends the server, and with it all its data. Clients find their connections closed and new ones refused. */
    public synchronized void stop() {
        if (process != null) {
            process.stop();
            process = null;
        }
    }

    /** Starts an empty server on the same port and waits until it answers; does nothing if one runs. */
    public synchronized void startAgain() {
        if (process == null) {
            process = RedisProcess.launch(binary, port, directory);
        }
    }

    /** Ends the server and removes its directory. */
    @Override
    public void close() {
        OPEN.remove(this);
        stop();
        deleteDirectory();
    }

    @Override
    public String toString() {
        return uri() + " (" + origin() + ")";
    }

    private static Path createDirectory() {
        try {
            return Files.createTempDirectory("holdfast-redis");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a directory for redis-server", e);
        }
    }

    private void deleteDirectory() {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException alreadyGone) {
            // A second close() finds nothing to delete.
        }
    }
}
