package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.conflict.ConflictReport;
import io.holdfast.events.SessionEvents;
import io.holdfast.session.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The conflicts of all nodes in a capped Redis stream, for operators: which attributes do which requests race for? Nobody
 * waits for it, and an entry that gets lost costs nothing else; that Redis refuses them is logged once. Where there are many, those that
 * come while others are on their way go together, and if too many wait, the oldest are given up, as in the stream.
 *
 * <p>An entry's id is its time. Its fields: {@code session}, {@code attribute}, {@code class} (of the value that was to be
 * written; absent for a removal), {@code policy}, {@code outcome}, {@code note} (if there is one), {@code node} and
 * {@code uri} of the request that found the conflict, {@code otherNode} and {@code otherUri} of the one that had written
 * (absent if not known). Never a value.
 */
final class ConflictJournal implements SessionEvents {
    /** Sends commands to Redis; completes when they are answered, none of them with a refusal. */
    interface Sender {
        CompletableFuture<@Nullable Void> tell(String record, List<RedisCall> calls);
    }

    /** {@code record}: the session, for messages. */
    private record Entry(String record, RedisCall add) {}

    private static final System.Logger LOG = System.getLogger(ConflictJournal.class.getName());

    /** What nobody added to for so long goes. */
    private static final long KEPT_MILLIS = 30L * 24 * 60 * 60 * 1_000;

    static final int MOST_WAITING = 1_000;

    /** Redis serves nobody else while it adds them. */
    static final int MOST_TOGETHER = 100;

    private final Sender sender;
    private final byte[] key;
    private final int entries;
    private final FirstRefusal refusal;
    private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean sending = new AtomicBoolean();
    private final Duration longestSending;
    private volatile long sentNanos;

    /**
     * A journal that adds to the stream of an application.
     *
     * @param entries about so many are kept, at least
     * @param longestSending what {@code sender} does has an end after that time, or that was lost, as where the heap is full
     */
    ConflictJournal(Sender sender, RedisKeys keys, int entries, Duration longestSending) {
        this.sender = sender;
        this.key = keys.conflicts();
        this.entries = entries;
        this.longestSending = longestSending;
        this.refusal =
                new FirstRefusal(LOG, "A conflict could not be noted in the stream " + new String(key, UTF_8) + ".");
    }

    @Override
    public void conflict(String record, ConflictReport report) {
        Entry entry = new Entry(record, add(record, report));
        while (!waiting.offer(entry)) {
            waiting.poll();
        }
        if (sending.get() && System.nanoTime() - sentNanos > longestSending.toNanos()) {
            sending.set(false);
        }
        sendIfIdle();
    }

    private void sendIfIdle() {
        while (!waiting.isEmpty() && sending.compareAndSet(false, true)) {
            boolean onTheirWay = false;
            sentNanos = System.nanoTime();
            try {
                onTheirWay = sendWaiting();
            } finally {
                if (!onTheirWay) {
                    sending.set(false);
                }
            }
        }
    }

    private boolean sendWaiting() {
        List<Entry> together = new ArrayList<>();
        waiting.drainTo(together, MOST_TOGETHER);
        if (together.isEmpty()) {
            return false;
        }
        List<RedisCall> calls = new ArrayList<>();
        together.forEach(entry -> calls.add(entry.add()));
        calls.add(RedisCall.expire(key, KEPT_MILLIS));
        var unused = sender.tell(together.get(0).record(), calls).whenComplete((told, failure) -> {
            sending.set(false);
            refusal.hear(failure);
            sendIfIdle();
        });
        return true;
    }

    private RedisCall add(String record, ConflictReport report) {
        List<byte[]> args = new ArrayList<>(List.of(key));
        addAll(args, "MAXLEN", "~", Integer.toString(entries), "*");
        addField(args, "session", record);
        addField(args, "attribute", report.attribute());
        addField(args, "class", report.className());
        addField(args, "policy", report.policy().toString());
        addField(args, "outcome", report.outcome().toString());
        addField(args, "note", report.note());
        addWriter(args, "node", "uri", report.ours());
        addWriter(args, "otherNode", "otherUri", report.theirs());
        return RedisCall.of(RedisVerb.XADD, args);
    }

    private static void addWriter(List<byte[]> args, String node, String uri, Writer writer) {
        addField(args, node, writer.node().isEmpty() ? null : writer.node());
        addField(args, uri, writer.requestUri().isEmpty() ? null : writer.requestUri());
    }

    private static void addField(List<byte[]> args, String name, @Nullable String value) {
        if (value != null) {
            addAll(args, name, value);
        }
    }

    private static void addAll(List<byte[]> args, String... texts) {
        for (String text : texts) {
            args.add(text.getBytes(UTF_8));
        }
    }
}
