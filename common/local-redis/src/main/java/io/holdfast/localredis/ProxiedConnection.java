package io.holdfast.localredis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client of a {@link FaultProxy} and its connection to Redis, with a daemon thread for each direction. Both read whole
 * RESP values and write the bytes they came in. The first thread that fails ends the connection for both.
 */
final class ProxiedConnection {
    private final Socket client;
    private final Socket redis;
    private final Gate gate;
    private final Function<List<String>, List<Fault>> faultsFor;
    private final Supplier<@Nullable Tamper> tamper;
    private final Consumer<ProxiedConnection> whenClosed;
    private final Thread commands = daemon("fault-proxy-commands", this::forwardCommands);
    private final Thread replies = daemon("fault-proxy-replies", this::forwardReplies);

    /** Set by the commands thread before it sends the command, so that the replies thread sees it before the reply. */
    private volatile @Nullable LostReply lostReply;

    /** Replies to be tampered with, by their position; filled as {@link #lostReply} is. */
    private final Map<Long, AwaitedReply> awaitedReplies = new ConcurrentHashMap<>();

    /**
     * The reply that must not reach the client.
     *
     * @param number its position among the replies of this connection, which is that of its command; from 1
     */
    private record LostReply(long number, Cut cut) {}

    private record AwaitedReply(List<String> command, Tamper tamper) {}

    private interface Direction {
        void forward() throws IOException, InterruptedException;
    }

    ProxiedConnection(
            Socket client,
            Socket redis,
            Gate gate,
            Function<List<String>, List<Fault>> faultsFor,
            Supplier<@Nullable Tamper> tamper,
            Consumer<ProxiedConnection> whenClosed) {
        this.client = client;
        this.redis = redis;
        this.gate = gate;
        this.faultsFor = faultsFor;
        this.tamper = tamper;
        this.whenClosed = whenClosed;
    }

    void start() {
        commands.start();
        replies.start();
    }

    private void forwardCommands() throws IOException, InterruptedException {
        RespReader in = new RespReader(client.getInputStream());
        try {
            boolean open = true;
            for (long number = 1; open; number++) {
                Reply command = in.read();
                List<Fault> faults = faultsFor.apply(command.texts());
                holdAt(faults);
                byte[] frame = forgedCommand(command, in.frame(), number);
                gate.enter();
                try {
                    open = send(frame, number, faults);
                } finally {
                    gate.leave();
                }
            }
        } catch (EOFException hungUp) {
            redis.shutdownOutput(); // what we forwarded last still arrives; Redis then hangs up as well
        }
    }

    private byte[] forgedCommand(Reply sent, byte[] frame, long number) {
        Tamper now = tamper.get();
        if (now == null) {
            return frame;
        }
        List<String> command = sent.elements().stream()
                .map(argument -> new String(argument.bytes(), ISO_8859_1))
                .toList();
        awaitedReplies.put(number, new AwaitedReply(command, now));
        List<String> forged = now.command(command);
        return forged.equals(command)
                ? frame
                : RespConnection.encode(forged.stream()
                        .map(argument -> argument.getBytes(ISO_8859_1))
                        .toArray());
    }

    private byte[] forgedReply(Reply reply, byte[] frame, long number) {
        AwaitedReply awaited = reply instanceof Reply.Push ? null : awaitedReplies.remove(number);
        if (awaited == null) {
            return frame;
        }
        Reply forged = awaited.tamper.reply(awaited.command, reply);
        return forged.equals(reply) ? frame : RespWriter.encode(forged);
    }

    private static void holdAt(List<Fault> faults) throws InterruptedException {
        for (Fault fault : faults) {
            if (fault instanceof Pause pause) {
                pause.hold();
            }
        }
    }

    /** Sends the command, unless a cut strikes before it; false if the connection is closed now. */
    private boolean send(byte[] command, long number, List<Fault> faults) throws IOException {
        for (Fault fault : faults) {
            if (fault instanceof Cut cut) {
                if (!cut.isAfterExecution()) {
                    close();
                    cut.happened();
                    return false;
                }
                lostReply = new LostReply(number, cut);
            }
        }
        redis.getOutputStream().write(command);
        return true;
    }

    private void forwardReplies() throws IOException, InterruptedException {
        RespReader in = new RespReader(redis.getInputStream());
        long number = 0;
        while (true) {
            Reply reply = in.read();
            if (!(reply instanceof Reply.Push)) {
                number++;
            }
            LostReply lost = lostReply;
            if (lost != null && lost.number == number) {
                close();
                lost.cut.happened();
                return;
            }
            byte[] frame = forgedReply(reply, in.frame(), number);
            gate.enter();
            try {
                client.getOutputStream().write(frame);
            } finally {
                gate.leave();
            }
        }
    }

    private Thread daemon(String name, Direction direction) {
        Thread thread = new Thread(() -> run(direction), name);
        thread.setDaemon(true);
        return thread;
    }

    private void run(Direction direction) {
        try {
            direction.forward();
        } catch (IOException | InterruptedException ended) {
            close();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Ends the connection by RST instead of FIN, as a network does that forgot about it. */
    void reset() {
        lingerNot(client);
        lingerNot(redis);
        close();
    }

    /** Closes both sides and lets both threads end. Safe to call from any thread and more than once. */
    private void close() {
        closeQuietly(client);
        closeQuietly(redis);
        commands.interrupt();
        replies.interrupt();
        whenClosed.accept(this);
    }

    private static void lingerNot(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            // Nothing left to reset.
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // A socket that cannot be closed is closed enough.
        }
    }
}
