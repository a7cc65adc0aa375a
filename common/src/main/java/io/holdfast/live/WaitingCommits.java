package io.holdfast.live;

import io.holdfast.session.StoreException;
import io.holdfast.tracking.Use;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The commits of one session that wait on this node for another one to end. The first of them that gets the commit lock takes along
 * others, whose requests then only have to hear what became of it. So many requests of one session at once need few trips.
 *
 * <p>The monitor is a leaf.
 */
final class WaitingCommits {
    /** One commit, from when it begins to wait. */
    static final class Waiting {
        private enum State {
            /** Nobody has committed it; it may be taken along. */
            OPEN,
            /** Somebody who has the commit lock is about to commit it. */
            TAKEN,
            /** Somebody is committing it. */
            UNDER_WAY,
            /** Committed along with others, or that has failed for all of them. */
            DONE,
            /** It will be committed by itself, or not at all. */
            BY_ITSELF
        }

        private final Use use;
        private State state = State.OPEN;
        private boolean lives;
        private @Nullable StoreException failure;

        private Waiting(Use use) {
            this.use = use;
        }

        Use use() {
            return use;
        }

        /** Whether it is left to the caller, and nobody takes it along any more. If not, it is under way, or done. */
        synchronized boolean isLeft() {
            if (state == State.OPEN || state == State.TAKEN) {
                state = State.BY_ITSELF;
            }
            return state == State.BY_ITSELF;
        }

        /** Waits until it is no longer under way, or for so long; also if the thread is interrupted. */
        synchronized void awaitEnd(Duration longest) {
            long deadline = System.nanoTime() + longest.toNanos();
            boolean interrupted = false;
            for (long left = longest.toNanos();
                    state == State.UNDER_WAY && left > 0;
                    left = deadline - System.nanoTime()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        /** Whether it has become of it what {@link #result} tells. */
        synchronized boolean isDone() {
            return state == State.DONE;
        }

        /**
         * What became of it when it was committed along with others.
         *
         * @return whether the session lives
         * @throws StoreException when the changes may not have been written
         */
        synchronized boolean result() {
            if (failure != null) {
                throw failure;
            }
            return lives;
        }

        /** Takes it along, if it is there to be taken. */
        private synchronized boolean take() {
            boolean open = state == State.OPEN;
            state = open ? State.TAKEN : state;
            return open;
        }

        /** Whether it is still to be committed along with others; from then on its request waits for that. */
        synchronized boolean begin() {
            boolean taken = state == State.TAKEN;
            state = taken ? State.UNDER_WAY : state;
            return taken;
        }

        /** Committed; {@code sessionLives}: whether the session does, or else changes were dropped. */
        synchronized void committed(boolean sessionLives) {
            lives = sessionLives;
            end(State.DONE);
        }

        /** The answer to the commit was lost. */
        synchronized void failed(StoreException cause) {
            failure = new StoreException(String.valueOf(cause.getMessage()), cause);
            end(State.DONE);
        }

        /** Nothing of it is committed. */
        synchronized void giveBack() {
            if (state == State.TAKEN || state == State.UNDER_WAY) {
                end(State.OPEN);
            }
        }

        private void end(State next) {
            state = next;
            notifyAll();
        }
    }

    private final List<Waiting> waiting = new ArrayList<>(0); // guarded by this

    /** A commit begins to wait, which others may take along; it has to {@link #leave} in the end. */
    synchronized Waiting enter(Use use) {
        Waiting entered = new Waiting(use);
        waiting.add(entered);
        return entered;
    }

    /** It waits no longer. */
    synchronized void leave(Waiting over) {
        waiting.remove(over);
    }

    /**
     * Takes along those that may be committed as one with that of {@code use}. To be asked by who has the commit lock, and is to tell
     * each of them what became of it before that is released, or to give it back, whatever happens here.
     *
     * @param taken to which they are added
     * @param goWith whether one may be committed as one with others
     */
    synchronized void takeAlong(Use use, List<Waiting> taken, BiPredicate<Use, List<Use>> goWith) {
        List<Use> uses = new ArrayList<>(List.of(use));
        for (Waiting other : waiting) {
            if (!uses.contains(other.use) && goWith.test(other.use, uses)) {
                taken.add(other);
                if (other.take()) {
                    uses.add(other.use);
                } else {
                    taken.remove(other);
                }
            }
        }
    }

    /** Whether nobody waits but who has entered as {@code own}. */
    synchronized boolean isEmptyBut(Use own) {
        return waiting.stream().allMatch(each -> each.use == own);
    }
}
