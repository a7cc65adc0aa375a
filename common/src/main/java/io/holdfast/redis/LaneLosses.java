package io.holdfast.redis;

import io.holdfast.session.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a lane's transactions when their connection is lost, cannot be opened, or what the lane does with them fails. Nothing is
 * ever replayed: who goes on begins with a new look. Touched by the lane alone.
 */
final class LaneLosses {
    private final LaneQueue waiting;
    private final Wording wording;

    /** {@code waiting}: where those go that look again. */
    LaneLosses(LaneQueue waiting, Wording wording) {
        this.waiting = waiting;
        this.wording = wording;
    }

    /** The connection broke, or Redis did not answer in time, while these were under way. */
    void lost(@Nullable JointWrite writing, List<LaneTask<?>> looking, Throwable failure) {
        boolean silent = failure instanceof TimeoutException;
        waiting.putBack(looking);
        if (looking.size() > 1) {
            looking.forEach(LaneTask::goAlone); // the connection may break because of one of them
        } else if (!silent) {
            looking.forEach(task -> lostBeforeExec(task, failure));
        }
        if (writing != null) {
            waiting.putBack(writing.tasks().stream()
                    .filter(task -> !lostBehindExec(task, failure))
                    .toList());
        }
        if (silent) {
            failUnwritten(task -> wording.notWritten(task.record(), wording.noAnswer(failure)));
        }
    }

    /** There is no connection to be had. */
    void notConnected(Throwable failure) {
        failUnwritten(task -> failure instanceof StoreUnavailableException
                ? wording.notWritten(task.record(), failure)
                : Wording.forCaller(failure));
    }

    /** The lane itself failed while these were under way, some of which may be over. No EXEC is sent for them any more. */
    void broken(List<LaneTask<?>> underWay, Throwable failure) {
        underWay.forEach(LaneTask::abandon); // first: who waits finds the truth even if nobody can tell it
        underWay.forEach(task -> {
            try {
                task.fail(wording.broken(task.record(), task.abandon(), failure));
            } catch (OutOfMemoryError e) {
                // it finds out when it has waited for long enough
            }
        });
    }

    private void lostBeforeExec(LaneTask<?> looking, Throwable failure) {
        if (!looking.isInDoubt() && !looking.lostForTheFirstTime()) {
            looking.fail(wording.notWritten(looking.record(), wording.connectionLost(failure)));
        }
    }

    /** Whether that is its end; if not, it looks again. */
    private boolean lostBehindExec(LaneTask<?> writing, Throwable failure) {
        if (!writing.isSingleShot()) {
            writing.outcomeUnknown();
            return false;
        }
        if (!(failure instanceof TimeoutException) && writing.lostForTheFirstTime()) {
            return false;
        }
        writing.fail(wording.notAnswered(writing.record(), failure));
        return true;
    }

    /** Fails all but those that must find out what became of their EXEC. */
    private void failUnwritten(Function<LaneTask<?>, RuntimeException> failure) {
        waiting.forEach(task -> {
            if (!task.isInDoubt()) {
                task.fail(failure.apply(task));
            }
        });
    }
}
