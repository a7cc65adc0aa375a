package io.holdfast.localredis;

/**
 * A command held in a {@link FaultProxy}: it has left the client and not reached Redis. Answers to earlier commands of the
 * same connection still pass.
 *
 * <p>A client that gives up and hangs up does not call its command back; {@link #release} delivers it all the same, as a
 * slow network would.
 */
public final class Pause implements Fault {
    private final Moment reached = new Moment("the arrival of the command to pause before");
    private final Moment released = new Moment("the release of the pause");

    Pause() {}

    /** Waits until the command is there and held; an {@link AssertionError} if it does not come within 10 seconds. */
    public void awaitReached() {
        reached.awaitOrFail();
    }

    /** Lets the command through, and all that queued up behind it. Called early, the pause will not hold. */
    public void release() {
        released.happens();
    }

    /** Called by the thread that forwards the command, which waits here until {@link #release} or its interruption. */
    void hold() throws InterruptedException {
        reached.happens();
        released.await();
    }
}
