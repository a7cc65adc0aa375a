package io.holdfast.demo;

import io.holdfast.demo.node.NodeMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A node in a JVM of its own. It ends with {@link #close}, and with this process however that ends. */
final class NodeProcess implements AutoCloseable {
    static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(8);

    /** What a JVM returns after SIGINT and SIGTERM: Ctrl-C reaches the nodes as well as us. */
    private static final Set<Integer> ENDED_BY_USER = Set.of(130, 143);

    private final String name;
    private final Process process;
    private final Consumer<String> log;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final List<String> beforeReady = new CopyOnWriteArrayList<>();
    private volatile boolean closing;

    private NodeProcess(String name, Process process, Consumer<String> log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a node and returns at once.
     *
     * @param name for people and for answers
     * @param directory of this node alone
     * @param sharedDirectory where stock sessions of all nodes are
     * @param redisUri where Holdfast's are
     * @param log told what the node prints once it is ready, line by line, with its name before it
     */
    static NodeProcess launch(
            String name, Path directory, Path sharedDirectory, String redisUri, Consumer<String> log) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + directory,
                "-D" + NodeMain.SHARED_DIRECTORY + "=" + sharedDirectory,
                "-D" + NodeMain.REDIS_URI + "=" + redisUri,
                "-cp",
                ClassPath.ofThisProcess(),
                NodeMain.class.getName(),
                name,
                directory.toString());
        try {
            Files.createDirectories(directory);
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            NodeProcess node = new NodeProcess(name, process, log);
            Thread reader = new Thread(node::readOutput, "output of node " + name);
            reader.setDaemon(true);
            reader.start();
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException("Node " + name + " cannot be started", e);
        }
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** The address of the node once it answers. */
    URI uri() {
        return URI.create("http://127.0.0.1:" + port.join());
    }

    /**
     * Waits until the node answers.
     *
     * @throws IllegalStateException with all that it printed, if it does not within 30 seconds or ends
     */
    void awaitReady() {
        try {
            port.orTimeout(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (CompletionException e) {
            String what = process.isAlive()
                    ? "did not start within " + START_TIMEOUT.toSeconds() + " s"
                    : "ended with exit code " + process.exitValue() + " instead of starting";
            throw new IllegalStateException(
                    "Node " + name + " " + what + "; it printed:\n" + String.join("\n", beforeReady), e);
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void readOutput() {
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(this::read);
        } catch (IOException | UncheckedIOException e) {
            print("(output unreadable: " + e.getMessage() + ")");
        }
        int exitCode = process.onExit().join().exitValue();
        if (!port.completeExceptionally(new IllegalStateException("exit code " + exitCode))
                && !ENDED_BY_USER.contains(exitCode)) {
            print("ended with exit code " + exitCode + "; requests to it fail from now on");
        }
    }

    private void read(String line) {
        if (line.startsWith(NodeMain.READY)) {
            beforeReady.forEach(this::print);
            port.complete(Integer.parseInt(line.substring(NodeMain.READY.length())));
        } else if (port.isDone()) {
            print(line);
        } else {
            beforeReady.add(line);
        }
    }

    private void print(String line) {
        if (!closing) {
            log.accept("[node " + name + "] " + line);
        }
    }
}
