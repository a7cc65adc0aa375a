package io.holdfast.localredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final int LONG_ENOUGH_TO_ARRIVE_MILLIS = 200;
    private static final int PATIENCE_MILLIS = 10_000;

    private static final LocalRedis REDIS = LocalRedis.start();

    private final FaultProxy proxy = FaultProxy.before(REDIS.uri());
    private final RespConnection direct = RespConnection.open(REDIS.uri());
    private final RespConnection client = RespConnection.open(proxy.uri());
    private final String key = "fault-proxy-test-" + UUID.randomUUID();

    @AfterEach
    void closeConnections() {
        client.close();
        proxy.close();
        direct.close();
    }

    @AfterAll
    static void closeRedis() {
        REDIS.close();
    }

    @Test
    void withoutFaults_everyByteArrives() {
        byte[] value = new byte[300_000];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) i;
        }
        client.send("SET", key, value);
        assertThat(direct.send("GET", key).bytes()).isEqualTo(value);
        assertThat(client.send("GET", key).bytes()).isEqualTo(value);
    }

    @Test
    void tamper_forgesCommandsAndReplies_untilItIsTakenOut() {
        proxy.tamper(new Tamper() {
            @Override
            public List<String> command(List<String> command) {
                return command.get(0).equals("INCR") ? List.of("INCRBY", command.get(1), "10") : command;
            }

            @Override
            public Reply reply(List<String> command, Reply reply) {
                return command.get(0).equals("GET") ? new Reply.Array(List.of(reply, new Reply.Numeric(-2))) : reply;
            }
        });
        assertThat(client.send("INCR", key).number()).isEqualTo(10);
        List<Reply> forged = client.send("GET", key).elements();
        assertThat(forged.get(0).text()).isEqualTo("10");
        assertThat(forged.get(1).number()).isEqualTo(-2);

        proxy.tamper(null);
        assertThat(client.send("INCR", key).number()).isEqualTo(11);
        assertThat(client.send("GET", key).text()).isEqualTo("11");
    }

    @Test
    void pauseBefore_holdsTheCommandUntilReleased() {
        Pause pause = proxy.pauseBefore("incr");
        CompletableFuture<Reply> reply = sendElsewhere("INCR", key);
        pause.awaitReached();
        assertThat(direct.send("GET", key).isNil()).isTrue();
        direct.send("SET", key, 41);
        pause.release();
        assertThat(within10Seconds(reply).number()).isEqualTo(42);
    }

    @Test
    void pauseBefore_holdsOneConnectionOnly() {
        Pause pause = proxy.pauseBefore("INCR");
        CompletableFuture<Reply> reply = sendElsewhere("INCR", key);
        pause.awaitReached();
        try (RespConnection other = RespConnection.open(proxy.uri())) {
            assertThat(other.send("INCR", key).number()).isEqualTo(1);
        }
        pause.release();
        assertThat(within10Seconds(reply).number()).isEqualTo(2);
    }

    @Test
    void pauseBefore_predicate_looksAtTheArguments() {
        Pause pause = proxy.pauseBefore(command -> command.equals(List.of("SET", key, "2")));
        client.send("SET", key, 1);
        CompletableFuture<Reply> reply = sendElsewhere("SET", key, 2);
        pause.awaitReached();
        assertThat(direct.send("GET", key).text()).isEqualTo("1");
        pause.release();
        assertThat(within10Seconds(reply).text()).isEqualTo("OK");
    }

    @Test
    void pauseBefore_strikesBetweenTwoCommandsOfOnePacket() throws IOException {
        Pause pause = proxy.pauseBefore("INCR");
        try (Socket socket = rawConnection()) {
            RespReader replies = new RespReader(socket.getInputStream());
            socket.getOutputStream()
                    .write(packet(RespConnection.encode("SET", key, 1), RespConnection.encode("INCR", key)));
            assertThat(replies.read().text()).isEqualTo("OK");
            pause.awaitReached();
            assertThat(direct.send("GET", key).text()).isEqualTo("1");
            pause.release();
            assertThat(replies.read().number()).isEqualTo(2);
        }
    }

    @Test
    void pauseBefore_exec_letsAnotherWriterWin() {
        Pause pause = proxy.pauseBefore("EXEC");
        client.send("WATCH", key);
        client.send("MULTI");
        client.send("SET", key, "late");
        CompletableFuture<Reply> exec = sendElsewhere("EXEC");
        pause.awaitReached();
        direct.send("SET", key, "first");
        pause.release();
        assertThat(within10Seconds(exec).isNil()).isTrue();
        assertThat(direct.send("GET", key).text()).isEqualTo("first");
    }

    @Test
    void pause_whoseClientHangsUp_isDeliveredOnRelease() throws IOException {
        Pause pause = proxy.pauseBefore("LPUSH");
        try (Socket socket = rawConnection()) {
            socket.getOutputStream().write(RespConnection.encode("LPUSH", key, "late"));
            pause.awaitReached();
        }
        pause.release();
        assertThat(direct.send("BLPOP", key, 8).texts()).containsExactly(key, "late");
    }

    @Test
    void cutAfterSending_executesAndLosesTheReply() {
        Cut cut = proxy.cutAfterSending("INCR");
        assertThatThrownBy(() -> client.send("INCR", key)).isInstanceOf(UncheckedIOException.class);
        cut.awaitDone();
        assertThat(direct.send("GET", key).text()).isEqualTo("1");
    }

    @Test
    void cutAfterSending_passesEarlierRepliesOfTheSamePacket() throws IOException {
        proxy.cutAfterSending("EXEC");
        try (Socket socket = rawConnection()) {
            RespReader replies = new RespReader(socket.getInputStream());
            socket.getOutputStream()
                    .write(packet(
                            RespConnection.encode("MULTI"),
                            RespConnection.encode("INCR", key),
                            RespConnection.encode("EXEC")));
            assertThat(replies.read().text()).isEqualTo("OK");
            assertThat(replies.read().text()).isEqualTo("QUEUED");
            assertThatThrownBy(replies::read).isInstanceOfAny(EOFException.class, SocketException.class);
        }
        assertThat(direct.send("GET", key).text()).isEqualTo("1");
    }

    @Test
    void cutAfterSending_doesNotMistakeAPushForTheReply() throws IOException {
        try (Socket socket = rawConnection()) {
            RespReader replies = new RespReader(socket.getInputStream());
            socket.getOutputStream().write(RespConnection.encode("HELLO", 3));
            replies.read();
            socket.getOutputStream().write(RespConnection.encode("CLIENT", "TRACKING", "ON"));
            assertThat(replies.read().text()).isEqualTo("OK");
            socket.getOutputStream().write(RespConnection.encode("GET", key));
            assertThat(replies.read().isNil()).isTrue();
            direct.send("SET", key, 1);
            assertThat(replies.read()).isInstanceOf(Reply.Push.class);

            Cut cut = proxy.cutAfterSending("INCR");
            socket.getOutputStream()
                    .write(packet(RespConnection.encode("GET", key), RespConnection.encode("INCR", key)));
            assertThat(replies.read().text()).isEqualTo("1");
            cut.awaitDone();
            assertThat(direct.send("GET", key).text()).isEqualTo("2");
        }
    }

    @Test
    void cutInsteadOfSending_neverReachesRedis() {
        Cut cut = proxy.cutInsteadOfSending("EXEC");
        client.send("MULTI");
        client.send("SET", key, 1);
        assertThatThrownBy(() -> client.send("EXEC")).isInstanceOf(UncheckedIOException.class);
        cut.awaitDone();
        assertThat(direct.send("GET", key).isNil()).isTrue();
    }

    @Test
    void faults_strikeOnce() {
        proxy.cutInsteadOfSending("INCR");
        assertThatThrownBy(() -> client.send("INCR", key)).isInstanceOf(UncheckedIOException.class);
        try (RespConnection next = RespConnection.open(proxy.uri())) {
            assertThat(next.send("INCR", key).number()).isEqualTo(1);
        }
    }

    @Test
    void pauseAndCut_strikeTheSameCommand_pauseFirst() {
        Cut cut = proxy.cutAfterSending("INCR");
        Pause pause = proxy.pauseBefore("INCR");
        CompletableFuture<Reply> reply = sendElsewhere("INCR", key);
        pause.awaitReached();
        assertThat(direct.send("GET", key).isNil()).isTrue();
        pause.release();
        cut.awaitDone();
        assertThat(direct.send("GET", key).text()).isEqualTo("1");
        assertThat(reply).failsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void freeze_holdsPresentAndNewConnectionsOpen_untilThaw() throws IOException {
        try (Socket present = rawConnection()) {
            exchange(present, "PING");
            proxy.freeze();
            try (Socket fresh = rawConnection()) {
                for (Socket socket : List.of(present, fresh)) {
                    socket.getOutputStream().write(RespConnection.encode("INCR", key));
                    socket.setSoTimeout(LONG_ENOUGH_TO_ARRIVE_MILLIS);
                    assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
                    socket.setSoTimeout(PATIENCE_MILLIS);
                }
                assertThat(direct.send("GET", key).isNil()).isTrue();
                proxy.thaw();
                long first = new RespReader(present.getInputStream()).read().number();
                long second = new RespReader(fresh.getInputStream()).read().number();
                assertThat(List.of(first, second)).containsExactlyInAnyOrder(1L, 2L);
            }
        }
    }

    @Test
    void freeze_holdsReplies() throws IOException {
        try (Socket socket = rawConnection()) {
            exchange(socket, "CLIENT", "SETNAME", key);
            socket.getOutputStream().write(RespConnection.encode("BLPOP", key, 8));
            awaitClientIsBlocked();
            proxy.freeze();
            direct.send("LPUSH", key, "value");
            socket.setSoTimeout(LONG_ENOUGH_TO_ARRIVE_MILLIS);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            socket.setSoTimeout(PATIENCE_MILLIS);
            proxy.thaw();
            assertThat(new RespReader(socket.getInputStream()).read().texts()).containsExactly(key, "value");
        }
    }

    @Test
    void down_resetsConnectionsAndRefusesNewOnes_untilUp() {
        String uri = proxy.uri();
        client.send("SET", key, 1);
        proxy.down();
        assertThatThrownBy(() -> client.send("GET", key)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> ping(uri)).isInstanceOf(UncheckedIOException.class);
        proxy.up();
        assertThat(proxy.uri()).isEqualTo(uri);
        assertThat(ping(uri)).isEqualTo("PONG");
    }

    @Test
    void close_endsConnectionsAndGivesUpThePort() {
        proxy.close();
        assertThatThrownBy(() -> client.send("PING")).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> ping(proxy.uri())).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void redisAway_resetsNewConnections_untilItIsBack() {
        try (LocalRedis redis = LocalRedis.start();
                FaultProxy before = FaultProxy.before(redis.uri())) {
            redis.stop();
            assertThatThrownBy(() -> ping(before.uri())).isInstanceOf(UncheckedIOException.class);
            redis.startAgain();
            assertThat(ping(before.uri())).isEqualTo("PONG");
        }
    }

    @Test
    void uri_keepsPasswordAndDatabase() {
        try (FaultProxy other = FaultProxy.before("redis://user:secret@example.org:6380/2")) {
            assertThat(other.uri()).matches("redis://user:secret@127\\.0\\.0\\.1:\\d+/2");
        }
    }

    private CompletableFuture<Reply> sendElsewhere(Object... command) {
        return CompletableFuture.supplyAsync(() -> client.send(command), OwnThread::run);
    }

    private static Reply within10Seconds(CompletableFuture<Reply> reply) {
        return reply.orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join();
    }

    /** A connection of its own that can send several commands in one packet. */
    private Socket rawConnection() throws IOException {
        RedisUri uri = RedisUri.parse(proxy.uri());
        Socket socket = new Socket(uri.host(), uri.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static Reply exchange(Socket socket, Object... command) throws IOException {
        socket.getOutputStream().write(RespConnection.encode(command));
        return new RespReader(socket.getInputStream()).read();
    }

    /** Waits until the client that named itself like the key waits for an element. */
    private void awaitClientIsBlocked() {
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> direct.send("CLIENT", "LIST")
                        .text()
                        .lines()
                        .anyMatch(line -> line.contains("name=" + key) && line.contains("flags=b")));
    }

    private static byte[] packet(byte[]... commands) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        for (byte[] command : commands) {
            packet.writeBytes(command);
        }
        return packet.toByteArray();
    }

    private static String ping(String uri) {
        try (RespConnection connection = RespConnection.open(uri)) {
            return connection.send("PING").text();
        }
    }
}
