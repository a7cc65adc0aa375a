package io.holdfast.live;

import io.holdfast.config.LocalCopySettings;
import io.holdfast.session.StoreException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what a node keeps of sessions between requests. A copy is dropped when nobody has used it for long, and those used
 * longest ago when there are too many, or they hold too much. Dropping costs the next request on this node the decoding of
 * what it asks for, nothing else, since copies are never used without asking Redis.
 *
 * <p>Never dropped are copies that a request uses, and those that hold what Redis does not: values that cannot be stored.
 * Both count, so with enough of them a node keeps more than the limits say.
 *
 * <p>An application may hold on to a session object beyond its requests, in a list of its users for example. As long as it
 * does, the next request gets the same object again: dropped copies are remembered by weak references.
 *
 * <p>Safe for use by many threads. Too many copies are noticed when one is added, too old ones by {@link #trim}.
 *
 * @param <S> the container's session objects
 */
public final class LocalCopies<S> {
    /** Once there is too much, a tenth is dropped at once, so that not each further copy leads to another search. */
    private static final double KEPT_SHARE = 0.9;

    /** A search that could not drop enough is not repeated at once by each request that adds a copy; one second. */
    private static final long PAUSE_NANOS = 1_000_000_000;

    private final Map<String, S> copies;
    private final Function<S, LiveSession> liveOf;
    private final LocalCopySettings limits;
    private final LongSupplier nanoTime;
    private final Map<String, Dropped<S>> dropped = new ConcurrentHashMap<>();
    private final ReferenceQueue<S> unreachable = new ReferenceQueue<>();
    private final AtomicBoolean searching = new AtomicBoolean();

    /** Bytes in all copies at the last search, and of those added since. */
    private final AtomicLong bytes = new AtomicLong();

    private volatile long nextSearchNanos;

    /**
     * Bounds {@code copies}.
     *
     * @param copies by record; a concurrent map, in which uses of a copy begin atomically
     * @param liveOf the live session behind a session object
     * @param limits what may be kept
     * @param nanoTime as {@link System#nanoTime()}
     */
    public LocalCopies(
            Map<String, S> copies, Function<S, LiveSession> liveOf, LocalCopySettings limits, LongSupplier nanoTime) {
        this.copies = copies;
        this.liveOf = liveOf;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.nextSearchNanos = nanoTime.getAsLong();
    }

    /** A copy has come into the map. Drops others if there are too many now; does no I/O. */
    public void added(S copy) {
        long now = bytes.addAndGet(liveOf.apply(copy).copyBytes());
        boolean tooMuch = copies.size() > limits.most() || now > limits.mostBytes();
        if (tooMuch && nanoTime.getAsLong() - nextSearchNanos >= 0) {
            search(Dropping.WITHOUT_IO);
        }
    }

    /**
     * Drops what nobody has used for long, and what is too much. Commits before that what threads without a request have
     * changed in a copy; a copy of which that fails is kept.
     */
    public void trim() {
        search(Dropping.AFTER_COMMIT);
        for (Object cleared = unreachable.poll(); cleared != null; cleared = unreachable.poll()) {
            if (cleared instanceof Dropped<?> gone) {
                dropped.remove(gone.record, gone);
            }
        }
    }

    /** Drops a copy that is of no use here any more, as {@link #trim} would; commits before that as it does. */
    public void drop(S copy) {
        LiveSession live = liveOf.apply(copy);
        if (isSettled(live, Dropping.AFTER_COMMIT)) {
            drop(live, copy);
        }
    }

    /** The session object of a dropped copy that the application still holds; null: there is none. Given out once. */
    public @Nullable S recall(String record) {
        Dropped<S> remembered = dropped.remove(record);
        return remembered == null ? null : remembered.get();
    }

    private enum Dropping {
        WITHOUT_IO,
        AFTER_COMMIT
    }

    private record Idle<S>(S copy, LiveSession live, long lastUsedNanos, long bytes) {}

    private void search(Dropping how) {
        if (!searching.compareAndSet(false, true)) {
            return;
        }
        try {
            List<Idle<S>> idle = new ArrayList<>();
            long held = 0;
            for (S copy : copies.values()) {
                LiveSession live = liveOf.apply(copy);
                long size = live.copyBytes();
                held += size;
                if (!live.isInUse()) {
                    idle.add(new Idle<>(copy, live, live.lastUsedNanos(), size));
                }
            }
            long left = held - drop(idle, held, how);
            bytes.set(left);
            boolean enough = copies.size() <= limits.most() && left <= limits.mostBytes();
            nextSearchNanos = nanoTime.getAsLong() + (enough ? 0 : PAUSE_NANOS);
        } finally {
            searching.set(false);
        }
    }

    /** Returns how many bytes were dropped. */
    private long drop(List<Idle<S>> idle, long held, Dropping how) {
        long now = nanoTime.getAsLong();
        idle.sort(Comparator.comparingLong(each -> each.lastUsedNanos() - now));
        long excess = copies.size() - kept(limits.most(), copies.size());
        long excessBytes = held - kept(limits.mostBytes(), held);
        long droppedBytes = 0;
        for (Idle<S> each : idle) {
            boolean old = now - each.lastUsedNanos() > limits.longestIdle().toNanos();
            if (!old && excess <= 0 && excessBytes <= droppedBytes) {
                break;
            }
            if (isSettled(each.live(), how) && drop(each.live(), each.copy())) {
                excess--;
                droppedBytes += each.bytes();
            }
        }
        return droppedBytes;
    }

    private static long kept(long most, long held) {
        return held > most ? (long) (most * KEPT_SHARE) : held;
    }

    private static boolean isSettled(LiveSession live, Dropping how) {
        try {
            return how == Dropping.AFTER_COMMIT ? live.settle() : live.isSettled();
        } catch (StoreException e) {
            return false; // not stored so far; the next request or search tries again
        }
    }

    private boolean drop(LiveSession live, S copy) {
        boolean[] gone = new boolean[1];
        copies.computeIfPresent(live.record(), (record, known) -> {
            if (known != copy || live.isInUse() || !live.isSettled()) { // a request may have come and gone since
                return known;
            }
            gone[0] = true;
            dropped.put(record, new Dropped<>(record, copy, unreachable));
            return null;
        });
        return gone[0];
    }

    private static final class Dropped<S> extends WeakReference<S> {
        private final String record;

        Dropped(String record, S copy, ReferenceQueue<S> queue) {
            super(copy, queue);
            this.record = record;
        }
    }
}
