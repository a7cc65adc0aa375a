package io.holdfast.consistency.history;

/**
 * From when a client sent a request to when it had the whole answer, or knew that none would come. What the request did, it
 * did in between; when, nobody knows.
 *
 * @param start nanoseconds, of a clock that all clients of a run share
 * @param end not before the start
 */
public record Interval(long start, long end) {
    /** An interval; the end must not lie before the start. */
    public Interval {
        if (end < start) {
            throw new IllegalArgumentException("ends before it starts: " + start + " to " + end);
        }
    }

    /** Whether this was over when the other began. */
    public boolean endsBefore(Interval other) {
        return end < other.start;
    }

    /** Whether there is a moment that belongs to both. */
    public boolean overlaps(Interval other) {
        return !endsBefore(other) && !other.endsBefore(this);
    }

    /** The same start, and an end that is so much later. */
    public Interval plusNanos(long nanos) {
        return new Interval(start, end + nanos);
    }
}
