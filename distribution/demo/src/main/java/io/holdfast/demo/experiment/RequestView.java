package io.holdfast.demo.experiment;

/**
 * One request as the page shows it. Times are milliseconds since the first one of its side was sent; -1 if
 * that has not happened yet.
 *
 * @param label what it is called
 * @param node which node served it; empty as long as nobody knows
 * @param sent when it was sent
 * @param entered when its servlet began; the time from {@code sent} to here is waiting
 * @param left when its servlet had done its work
 * @param answered when its answer was there
 * @param status of HTTP; 0 if there is no answer yet
 * @param fate what became of it
 */
public record RequestView(
        String label, String node, long sent, long entered, long left, long answered, int status, Fate fate) {}
