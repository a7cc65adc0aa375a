package io.holdfast.exclusive;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A line for each record that exclusive requests of this node want, first come, first served. Only who is at its head deals
 * with the store, so a session costs a node one waiter there, however many requests wait. A line exists while somebody is in
 * it.
 */
final class WaitingLines {
    /** More than ever wait at once. */
    private static final int EVERYBODY = Integer.MAX_VALUE / 2;

    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** The line of one record. */
    static final class Line {
        private final String record;
        private final Semaphore head = new Semaphore(1, true);
        private int members; // written while the map computes this line's entry
        private int takenInARow; // touched by the head alone
        private volatile boolean othersListen;

        private Line(String record) {
            this.record = record;
        }

        /** How many are waiting behind the head, roughly. */
        int waiting() {
            return head.getQueueLength();
        }

        /** How often in a row this node has got the lease. */
        int takenInARow() {
            return takenInARow;
        }

        void taken() {
            takenInARow++;
        }

        /** Somebody of another node has got the lease, or is given the chance to. */
        void othersTurn() {
            takenInARow = 0;
        }

        /** Whether requests of other nodes were waiting for the lease when this node last gave it back. */
        boolean othersListen() {
            return othersListen;
        }

        void setOthersListen(boolean listen) {
            othersListen = listen;
        }
    }

    /**
     * Joins the line of a record and waits until the caller is at its head. The caller then has to {@link #leave} it, on any
     * thread.
     *
     * @return null: not in time, and the caller is out of the line again
     */
    @Nullable
    Line join(String record, long longestNanos) throws InterruptedException {
        Line line = lines.compute(record, (key, known) -> {
            Line joined = known == null ? new Line(key) : known;
            joined.members++;
            return joined;
        });
        boolean atHead = false;
        try {
            atHead = closed || line.head.tryAcquire(longestNanos, TimeUnit.NANOSECONDS);
        } finally {
            if (!atHead) {
                forget(line);
            }
        }
        return atHead ? line : null;
    }

    /** The head leaves the line; the next one gets there. */
    void leave(Line line) {
        line.head.release();
        forget(line);
    }

    /** Lets everybody go on at once; who waited has to ask whether that was why. */
    void close() {
        closed = true;
        lines.values().forEach(line -> line.head.release(EVERYBODY));
    }

    /** How many wait behind the head of a record's line, roughly. */
    int waiting(String record) {
        Line line = lines.get(record);
        return line == null ? 0 : line.waiting();
    }

    /** Records for which requests of this node wait, or have their turn. */
    int size() {
        return lines.size();
    }

    private void forget(Line line) {
        lines.computeIfPresent(line.record, (key, known) -> --known.members == 0 ? null : known);
    }
}
