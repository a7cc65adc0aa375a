package io.holdfast.localredis;

/** The end of a connection at one command, before Redis got it or after Redis executed it. See {@link FaultProxy}. */
public final class Cut implements Fault {
    private final boolean afterExecution;
    private final Moment done = new Moment("the cut of the connection");

    Cut(boolean afterExecution) {
        this.afterExecution = afterExecution;
    }

    /** Waits until the connection is cut; an {@link AssertionError} if that does not happen within 10 seconds. */
    public void awaitDone() {
        done.awaitOrFail();
    }

    boolean isAfterExecution() {
        return afterExecution;
    }

    void happened() {
        done.happens();
    }
}
