package io.holdfast.demo;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.holdfast.demo.experiment.Experiments;
import io.holdfast.demo.front.Front;
import io.holdfast.localredis.LocalRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The whole demo: a Redis, two nodes in processes of their own, and the front with the page. Nothing it starts outlives it.
 *
 * <p>{@link #close} may come at any moment and from any thread, also while {@link #start} is at work.
 */
final class Demo implements AutoCloseable {
    private final Consumer<String> log;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Deque<Runnable> endings = new ArrayDeque<>();

    @GuardedBy("lock")
    private boolean closed;

    /** @param log told what each experiment found, and what the nodes complain about */
    Demo(Consumer<String> log) {
        this.log = log;
    }

    /**
     * What runs, and where.
     *
     * @param page the address to open
     * @param nodes the two nodes
     * @param redisUri the Redis that holds the sessions of Holdfast
     * @param sharedDirectory the directory that holds stock Tomcat's
     */
    record Running(URI page, List<NodeProcess> nodes, String redisUri, Path sharedDirectory) {}

    /**
     * Starts everything and returns when all of it answers.
     *
     * @throws IllegalStateException if a part does not start; the others have ended then
     */
    Running start() {
        try {
            return open();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Running open() {
        Path directory = createDirectory();
        endWith(() -> delete(directory));
        LocalRedis redis = LocalRedis.start();
        endWith(redis::close);
        Path shared = directory.resolve("sessions");
        List<NodeProcess> nodes =
                List.of(launch("A", directory, shared, redis.uri()), launch("B", directory, shared, redis.uri()));
        nodes.forEach(NodeProcess::awaitReady);

        Front front = Front.open(nodes.stream().map(NodeProcess::uri).toList());
        endWith(front::close);
        Experiments experiments = new Experiments(front.uri(), log);
        endWith(experiments::close);
        experiments.warmUp();
        front.serve(experiments);
        return new Running(front.uri(), nodes, redis.uri(), shared);
    }

    private NodeProcess launch(String name, Path directory, Path shared, String redisUri) {
        NodeProcess node = NodeProcess.launch(name, directory.resolve("node-" + name), shared, redisUri, log);
        endWith(node::close);
        return node;
    }

    /** Ends everything, the last thing that was started first; does nothing the second time. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            while (!endings.isEmpty()) {
                endings.pop().run();
            }
        }
    }

    private void endWith(Runnable ending) {
        synchronized (lock) {
            if (!closed) {
                endings.push(ending);
                return;
            }
        }
        ending.run();
        throw new IllegalStateException("The demo was ended while it started");
    }

    private static Path createDirectory() {
        try {
            return Files.createTempDirectory("holdfast-demo");
        } catch (IOException e) {
            throw new UncheckedIOException("The demo cannot have a directory of its own", e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("Left behind: " + directory + " (" + e.getMessage() + ")");
        }
    }
}
