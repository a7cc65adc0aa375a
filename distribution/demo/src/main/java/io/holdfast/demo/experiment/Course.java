package io.holdfast.demo.experiment;

import io.holdfast.demo.experiment.SideResult.State;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** How one experiment goes on one side: its requests and its state. Any thread may ask for the {@link #result} at any time. */
final class Course {
    private static final long NOT_YET = 0;

    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    private final AtomicLong firstSentMillis = new AtomicLong(NOT_YET);
    private volatile State state = State.NOT_RUN;
    private volatile String failure = "";

    void begin() {
        state = State.RUNNING;
    }

    void end() {
        state = State.DONE;
    }

    void fail(String reason) {
        failure = reason;
        state = State.FAILED;
    }

    /** A request whose effect will be looked for. */
    Attempt plan(String label) {
        return add(new Attempt(this, label, Fate.OPEN));
    }

    /** A request that only takes part. */
    Attempt planAside(String label) {
        return add(new Attempt(this, label, Fate.ASIDE));
    }

    /** Forgets a request that turned out to prove nothing. */
    void forget(Attempt meaningless) {
        attempts.remove(meaningless);
    }

    /** Milliseconds since the first request was sent; the first call counts as that. */
    long clock() {
        long now = System.currentTimeMillis();
        firstSentMillis.compareAndSet(NOT_YET, now);
        return since(now);
    }

    long since(long epochMillis) {
        return Math.max(0, epochMillis - firstSentMillis.get());
    }

    SideResult result() {
        State now = state;
        List<RequestView> requests = attempts.stream().map(Attempt::view).toList();
        List<RequestView> updates =
                requests.stream().filter(r -> r.fate() != Fate.ASIDE).toList();
        return new SideResult(
                now,
                updates.size(),
                (int) updates.stream().filter(r -> r.fate() == Fate.KEPT).count(),
                updates.stream()
                        .filter(r -> r.fate() == Fate.LOST)
                        .map(RequestView::label)
                        .toList(),
                (int) updates.stream().filter(r -> r.status() >= 400).count(),
                millis(now, requests),
                requests,
                failure);
    }

    /** While requests run, until now; afterwards, until the last one was answered. */
    private long millis(State now, List<RequestView> requests) {
        if (now == State.RUNNING && firstSentMillis.get() != NOT_YET) {
            return clock();
        }
        return requests.stream().mapToLong(RequestView::answered).max().orElse(0);
    }

    private Attempt add(Attempt attempt) {
        attempts.add(attempt);
        return attempt;
    }
}
