package io.holdfast.localredis;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * A plain socket that speaks RESP2 to Redis, for tests that look at Redis with other eyes than those of the product:
 *
 * <pre>{@code
 * try (RespConnection redis = RespConnection.open(uri)) {
 *     redis.send("HGETALL", key).fields();
 * }
 * }</pre>
 *
 * <p>One command at a time, no reconnect, no pool. Any thread may send; they take turns. Connecting waits at most
 * 2 seconds and every answer at most 10.
 */
public final class RespConnection implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final Socket socket;

    @GuardedBy("this")
    private final RespReader replies;

    private RespConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.replies = new RespReader(socket.getInputStream());
    }

    /**
     * Connects, logs in and selects the database if the URI says so.
     *
     * @param uri {@code redis://[user:password@]host[:port][/database]}
     * @throws UncheckedIOException if nothing listens there
     * @throws IllegalStateException if Redis refuses the password or the database
     */
    public static RespConnection open(String uri) {
        RedisUri redis = RedisUri.parse(uri);
        RespConnection connection = connect(redis);
        try {
            Object[] authentication = redis.authentication();
            if (authentication != null) {
                connection.send(authentication);
            }
            if (redis.database() != 0) {
                connection.send("SELECT", redis.database());
            }
            return connection;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static RespConnection connect(RedisUri redis) {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(redis.host(), redis.port()), (int) CONNECT_TIMEOUT.toMillis());
            socket.setSoTimeout((int) ANSWER_TIMEOUT.toMillis());
            socket.setTcpNoDelay(true);
            return new RespConnection(socket);
        } catch (IOException e) {
            closeQuietly(socket);
            throw new UncheckedIOException("cannot connect to Redis at " + redis + ": " + e.getMessage(), e);
        }
    }

    /**
     * Sends one command and waits for its answer.
     *
     * @param command the name and the arguments: {@code byte[]} as it is, anything else as its text in UTF-8
     * @throws IllegalStateException if Redis answers with an error
     * @throws UncheckedIOException if the connection broke or the answer took longer than 10 seconds; whether Redis
     *     executed the command is then unknown
     */
    @CanIgnoreReturnValue
    public synchronized Reply send(Object... command) {
        try {
            socket.getOutputStream().write(encode(command));
            Reply reply = replies.read();
            if (reply instanceof Reply.Failure failure) {
                throw new IllegalStateException("Redis refused " + command[0] + ": " + failure.message());
            }
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException("no answer to " + command[0] + ": " + e.getMessage(), e);
        }
    }

    /** A command as it goes over the wire: an array of bulk strings. */
    static byte[] encode(Object... command) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("*" + command.length + "\r\n").getBytes(UTF_8));
        for (Object argument : command) {
            byte[] content =
                    argument instanceof byte[] raw ? raw : argument.toString().getBytes(UTF_8);
            bytes.writeBytes(("$" + content.length + "\r\n").getBytes(UTF_8));
            bytes.writeBytes(content);
            bytes.writeBytes("\r\n".getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // A socket that cannot be closed is closed enough.
        }
    }
}
