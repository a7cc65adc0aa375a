package io.holdfast.acceptance.consistency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.acceptance.ServerInstall;
import io.holdfast.acceptance.ServerProcess;
import io.holdfast.consistency.history.SessionEnd;
import io.holdfast.localredis.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A server with the workload application. It talks to Redis through a proxy of its own, or directly. */
final class WorkNode implements AutoCloseable {
    private final String name;
    private final ServerInstall install;
    private final FaultProxy proxy;
    private volatile ServerProcess process;

    /**
     * Launches a node, and does not wait for it.
     *
     * @param proxy between the node and Redis; null: none
     */
    WorkNode(String name, ServerInstall install, FaultProxy proxy) {
        this.name = name;
        this.install = install;
        this.proxy = proxy;
        process = ServerProcess.launch(install);
    }

    void awaitStarted() {
        process.awaitStarted();
    }

    String name() {
        return name;
    }

    String url(String path) {
        return process.url("/workload" + path);
    }

    /** Address of what the session manager has counted. */
    String figuresUrl() {
        return url("/figures?mbeans=" + URLEncoder.encode(install.figures(), UTF_8));
    }

    ServerProcess process() {
        return process;
    }

    FaultProxy proxy() {
        return proxy;
    }

    /** Ends the node as {@code kill -9} does, and starts it again. */
    void killAndRestart() {
        process.kill();
        restart();
    }

    /** Starts the node again, which was killed, on another port. */
    void restart() {
        ServerProcess next = ServerProcess.launch(install).awaitStarted();
        process = next;
    }

    /** What its listeners heard, over all its lives. */
    List<SessionEnd> ends() {
        Path journal = install.journal();
        if (!Files.exists(journal)) {
            return List.of();
        }
        try {
            String text = new String(Files.readAllBytes(journal), UTF_8);
            String wholeLines = text.substring(0, text.lastIndexOf('\n') + 1);
            return Arrays.stream(wholeLines.split("\n", -1))
                    .filter(line -> !line.isEmpty())
                    .map(line -> SessionEnd.parse(name, line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
        if (proxy != null) {
            proxy.close();
        }
    }
}
