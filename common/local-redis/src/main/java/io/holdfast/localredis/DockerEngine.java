package io.holdfast.localredis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Finds out whether a Docker engine answers on this machine. Testcontainers could tell as well, but it needs seconds and a
 * page of log to say no.
 */
final class DockerEngine {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final String PING = "GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n";

    private DockerEngine() {}

    /** Whether one of the places where Testcontainers looks answers; false at the latest after a second for each. */
    static boolean answers() {
        return addresses(System.getenv()).stream().anyMatch(DockerEngine::answersAt);
    }

    /** {@code DOCKER_HOST} alone if it is set, else the usual sockets: system-wide, rootless, Docker Desktop. */
    static List<SocketAddress> addresses(Map<String, String> environment) {
        String dockerHost = environment.get("DOCKER_HOST");
        if (dockerHost != null && !dockerHost.isBlank()) {
            return address(URI.create(dockerHost)).toList();
        }
        String runtimeDirectory = environment.getOrDefault("XDG_RUNTIME_DIR", "/run");
        return Stream.of(
                        Path.of("/var/run/docker.sock"),
                        Path.of(runtimeDirectory, "docker.sock"),
                        Path.of(System.getProperty("user.home"), ".docker/run/docker.sock"))
                .<SocketAddress>map(UnixDomainSocketAddress::of)
                .toList();
    }

    private static Stream<SocketAddress> address(URI dockerHost) {
        if ("unix".equals(dockerHost.getScheme())) {
            return Stream.of(UnixDomainSocketAddress.of(dockerHost.getPath()));
        }
        if ("tcp".equals(dockerHost.getScheme()) && dockerHost.getPort() > 0) {
            return Stream.of(new InetSocketAddress(dockerHost.getHost(), dockerHost.getPort()));
        }
        return Stream.of();
    }

    static boolean answersAt(SocketAddress address) {
        StandardProtocolFamily family =
                address instanceof UnixDomainSocketAddress ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET;
        try (SocketChannel channel = SocketChannel.open(family)) {
            FutureTask<Boolean> ping = new FutureTask<>(() -> ping(channel, address));
            Thread thread = new Thread(ping, "docker-ping"); // ends at the latest when the channel is closed
            thread.setDaemon(true);
            thread.start();
            return ping.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException | UnsupportedOperationException | ExecutionException | TimeoutException notThere) {
            return false;
        }
    }

    /** Any HTTP status will do: an engine behind TLS answers our plain request with 400. */
    private static boolean ping(SocketChannel channel, SocketAddress address) throws IOException {
        channel.connect(address);
        channel.write(ByteBuffer.wrap(PING.getBytes(US_ASCII)));
        ByteBuffer answer = ByteBuffer.allocate("HTTP/1".length());
        while (answer.hasRemaining() && channel.read(answer) >= 0) {}
        return new String(answer.array(), US_ASCII).equals("HTTP/1");
    }
}
