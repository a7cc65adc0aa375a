package io.holdfast.acceptance.consistency;

import io.holdfast.consistency.history.Event;
import io.holdfast.consistency.history.SessionEnd;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What happened in a run besides its requests, by the clock of these. */
final class Incidents {
    /** A fault may have its consequences so much later. */
    private static final long AFTERMATH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final long startNanos = System.nanoTime();
    private final long startMillis = System.currentTimeMillis();
    private final List<Event> events = Collections.synchronizedList(new ArrayList<>());

    /** Notes what happens now. */
    void note(String what) {
        events.add(new Event(System.nanoTime(), what));
    }

    /** What was noted of that time, and of shortly before. */
    List<Event> during(long fromNanos, long toNanos) {
        return List.copyOf(events).stream()
                .filter(event -> event.at() >= fromNanos - AFTERMATH_NANOS && event.at() <= toNanos)
                .toList();
    }

    /** What a listener heard, as exactly as it tells the time: to a millisecond. */
    Event heard(SessionEnd end) {
        return new Event(
                startNanos + TimeUnit.MILLISECONDS.toNanos(end.millis() - startMillis),
                end.what() + " heard on " + end.node() + ", badge " + end.badge());
    }
}
