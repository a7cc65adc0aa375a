package io.holdfast.acceptance.consistency;

import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.planner.PlannedCall;
import java.util.concurrent.CompletableFuture;

/** A request under way. */
final class Sent {
    private final PlannedCall planned;
    private final CompletableFuture<Call> call = new CompletableFuture<>();
    private volatile WorkNode node;
    private volatile long releasedAt;

    Sent(PlannedCall planned) {
        this.planned = planned;
    }

    PlannedCall planned() {
        return planned;
    }

    /** What became of it; completes in any case. */
    CompletableFuture<Call> call() {
        return call;
    }

    /** The node that it was sent to last. */
    WorkNode node() {
        return node;
    }

    void sentTo(WorkNode target) {
        node = target;
    }

    /** When it was told to go on; 0: it was not. */
    long releasedAt() {
        return releasedAt;
    }

    void releasedNow() {
        releasedAt = System.nanoTime();
    }
}
