package io.holdfast.localredis;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy before a Redis that breaks at the place a test names. It reads what clients send command by command, so a
 * fault strikes between two commands even if the client sent both in one packet; replies pass as they come.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.before(redisUri)) {
 *     // a client connects to proxy.uri()
 *     Pause pause = proxy.pauseBefore("EXEC");
 *     // the client starts a transaction, in another thread
 *     pause.awaitReached();
 *     // somebody else writes
 *     pause.release();
 * }
 * }</pre>
 *
 * <h2>Faults</h2>
 *
 * <p>A pause or a cut applies once: to the first command that matches, on any connection, after the call. Several may
 * strike the same command; pauses then come before cuts.
 *
 * <p>Being frozen, being down and being tampered with are states, and last until {@link #thaw}, {@link #up} and
 * {@link #tamper} with null.
 *
 * <h2>Threads</h2>
 *
 * <p>One thread accepts clients; each connection has one for commands and one for replies. All are daemons, and end with
 * their connection or with {@link #close}. A held command holds its connection's commands thread and nothing else. Every
 * method here may be called from any thread, and what it says is true when it returns.
 *
 * <h2>Limits</h2>
 *
 * <p>{@link #cutAfterSending} and {@link #tamper} find the reply by counting, one for each command. They cannot count on connections where
 * Redis answers otherwise: after {@code SUBSCRIBE}, {@code MONITOR} or {@code CLIENT REPLY OFF}. There is no TLS.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int BACKLOG = 50;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final RedisUri redis;
    private final ServerSocket server;
    private final Gate gate = new Gate();
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final List<ArmedFault> armedFaults = new ArrayList<>();

    @GuardedBy("lock")
    private final Set<ProxiedConnection> connections = new HashSet<>();

    @GuardedBy("lock")
    private boolean down;

    private volatile @Nullable Tamper tamper;

    private record ArmedFault(Predicate<List<String>> command, Fault fault) {}

    private FaultProxy(RedisUri redis, ServerSocket server) {
        this.redis = redis;
        this.server = server;
    }

    /** Starts a proxy on a free port of 127.0.0.1. Redis need not run yet. */
    public static FaultProxy before(String redisUri) {
        RedisUri redis = RedisUri.parse(redisUri);
        try {
            FaultProxy proxy = new FaultProxy(redis, new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
            Thread acceptor = new Thread(proxy::acceptClients, "fault-proxy-accept");
            acceptor.setDaemon(true);
            acceptor.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a port for the proxy before " + redis, e);
        }
    }

    /** Where clients find it, with the password and the database of the Redis behind. */
    public String uri() {
        return redis.at("127.0.0.1", server.getLocalPort());
    }

    /** Holds the next command of this name, in any case, before it reaches Redis. */
    public Pause pauseBefore(String command) {
        return pauseBefore(named(command));
    }

    /**
     * Holds the next command that matches before it reaches Redis.
     *
     * @param command gets the name and the arguments, read as UTF-8; called by the proxy's threads, one
     *     at a time, so it must not wait
     */
    public Pause pauseBefore(Predicate<List<String>> command) {
        return arm(command, new Pause());
    }

    /** Lets Redis execute the next command of this name, drops its reply and closes the connection on both sides. */
    @CanIgnoreReturnValue
    public Cut cutAfterSending(String command) {
        return arm(named(command), new Cut(true));
    }

    /** As {@link #cutAfterSending(String)}, for the next command that matches; as in {@link #pauseBefore(Predicate)}. */
    @CanIgnoreReturnValue
    public Cut cutAfterSending(Predicate<List<String>> command) {
        return arm(command, new Cut(true));
    }

    /** Closes the connection on both sides when the next command of this name arrives; Redis never sees it. */
    @CanIgnoreReturnValue
    public Cut cutInsteadOfSending(String command) {
        return arm(named(command), new Cut(false));
    }

    /** As {@link #cutInsteadOfSending(String)}, for the next command that matches; as in {@link #pauseBefore(Predicate)}. */
    @CanIgnoreReturnValue
    public Cut cutInsteadOfSending(Predicate<List<String>> command) {
        return arm(command, new Cut(false));
    }

    /** From now on what passes is forged like that, on present and new connections; null: no more. */
    public void tamper(@Nullable Tamper forger) {
        tamper = forger;
    }

    /** From now on nothing moves, in either direction, on present and new connections; all stay open. */
    public void freeze() {
        gate.shut();
    }

    /** Lets everything move again, beginning with what queued up. */
    public void thaw() {
        gate.open();
    }

    /** Resets all connections and from now on every new one, at once, until {@link #up}. */
    public void down() {
        List<ProxiedConnection> present;
        synchronized (lock) {
            down = true;
            present = List.copyOf(connections);
        }
        present.forEach(ProxiedConnection::reset);
    }

    /** Accepts connections again, on the same port. */
    public void up() {
        synchronized (lock) {
            down = false;
        }
    }

    /** Resets all connections and gives up the port. Commands that are held are lost. */
    @Override
    public void close() {
        closeQuietly(server);
        down();
    }

    private static Predicate<List<String>> named(String command) {
        String name = command.toUpperCase(Locale.ROOT);
        return arguments -> arguments.get(0).toUpperCase(Locale.ROOT).equals(name);
    }

    private <F extends Fault> F arm(Predicate<List<String>> command, F fault) {
        synchronized (lock) {
            armedFaults.add(new ArmedFault(command, fault));
        }
        return fault;
    }

    /** The faults that strike this command; they are disarmed. */
    private List<Fault> takeFaultsFor(List<String> command) {
        synchronized (lock) {
            List<ArmedFault> due = armedFaults.stream()
                    .filter(armed -> armed.command.test(command))
                    .toList();
            armedFaults.removeAll(due);
            return due.stream().map(ArmedFault::fault).toList();
        }
    }

    private void acceptClients() {
        try {
            while (true) {
                connect(server.accept());
            }
        } catch (IOException closed) {
            // That is how a proxy ends.
        }
    }

    private void connect(Socket client) {
        Socket upstream = new Socket();
        ProxiedConnection connection =
                new ProxiedConnection(client, upstream, gate, this::takeFaultsFor, () -> tamper, this::forget);
        try {
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            upstream.connect(new InetSocketAddress(redis.host(), redis.port()), (int) CONNECT_TIMEOUT.toMillis());
        } catch (IOException redisIsAway) {
            connection.reset();
            return;
        }
        if (remember(connection)) {
            connection.start();
        } else {
            connection.reset();
        }
    }

    private boolean remember(ProxiedConnection connection) {
        synchronized (lock) {
            return !down && connections.add(connection);
        }
    }

    private void forget(ProxiedConnection connection) {
        synchronized (lock) {
            connections.remove(connection);
        }
    }

    private static void closeQuietly(ServerSocket server) {
        try {
            server.close();
        } catch (IOException ignored) {
            // A socket that cannot be closed is closed enough.
        }
    }
}
