package io.holdfast.acceptance.consistency;

import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.planner.PlannedCall;
import java.util.concurrent.CompletableFuture;

/** A request under way. */
final class Sent {
    private final PlannedCall planned;
    private final CompletableFuture<Call> call = new CompletableFuture<>();
    private final CompletableFuture<Void> firstByte = new CompletableFuture<>();
    private volatile WorkNode node;
    private volatile long firstByteAt;
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

    /** Completes when the response begins, or the request fails. */
    CompletableFuture<Void> firstByte() {
        return firstByte;
    }

    /** When the response began; 0: it did not. */
    long firstByteAt() {
        return firstByteAt;
    }

    void beginsNow() {
        firstByteAt = System.nanoTime();
        firstByte.complete(null);
    }

    void endedAs(Call result) {
        call.complete(result);
        firstByte.complete(null);
    }

    /** When it was told to go on; 0: it was not. */
    long releasedAt() {
        return releasedAt;
    }

    void releasedNow() {
        releasedAt = System.nanoTime();
    }
}
