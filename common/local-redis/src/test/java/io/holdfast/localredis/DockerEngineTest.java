package io.holdfast.localredis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DockerEngineTest {
    private ServerSocket engine;

    @BeforeEach
    void openEngine() throws IOException {
        engine = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void closeEngine() throws IOException {
        engine.close();
    }

    @Test
    void answersAt_engine_isTrue() {
        CompletableFuture<Void> answering = CompletableFuture.runAsync(this::answerOnce, OwnThread::run);
        assertThat(DockerEngine.answersAt(engine.getLocalSocketAddress())).isTrue();
        answering.join();
    }

    @Test
    void answersAt_silentListener_isFalseSoon() {
        long start = System.nanoTime();
        assertThat(DockerEngine.answersAt(engine.getLocalSocketAddress())).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void answersAt_nobody_isFalse() {
        SocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find());
        assertThat(DockerEngine.answersAt(nobody)).isFalse();
        assertThat(DockerEngine.answersAt(UnixDomainSocketAddress.of("/no/such/docker.sock")))
                .isFalse();
    }

    @Test
    void addresses_followDockerHost() {
        assertThat(DockerEngine.addresses(Map.of("DOCKER_HOST", "tcp://127.0.0.1:2375")))
                .containsExactly(new InetSocketAddress(InetAddress.getLoopbackAddress(), 2375));
        assertThat(DockerEngine.addresses(Map.of("DOCKER_HOST", "unix:///my/docker.sock")))
                .containsExactly(UnixDomainSocketAddress.of("/my/docker.sock"));
        assertThat(DockerEngine.addresses(Map.of("DOCKER_HOST", "ssh://host"))).isEmpty();
    }

    @Test
    void addresses_withoutDockerHost_areTheUsualSockets() {
        assertThat(DockerEngine.addresses(Map.of("XDG_RUNTIME_DIR", "/run/user/1000")))
                .contains(
                        UnixDomainSocketAddress.of("/var/run/docker.sock"),
                        UnixDomainSocketAddress.of("/run/user/1000/docker.sock"));
    }

    private void answerOnce() {
        try (Socket client = engine.accept()) {
            assertThat(client.getInputStream().read(new byte[1024])).isPositive();
            client.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\nOK".getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
