package io.holdfast.consistency.history;

import io.holdfast.consistency.history.Step.Verb;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Something that happened at one moment, for people who want to know how it came to what was seen.
 *
 * @param at nanoseconds, of the clock of the calls
 * @param text one line
 */
public record Event(long at, String text) {
    private static final double NANOS_PER_MILLI = 1_000_000.0;

    /** What a request has to tell: when it was sent, began its response, was told to go on and was over. */
    public static List<Event> of(Call call) {
        String name = "#" + call.number() + " ";
        List<Event> events = new ArrayList<>();
        events.add(new Event(call.time().start(), name + "sent to " + call.asked()));
        if (call.firstByteAt() != 0 && call.has(Verb.FLUSH)) {
            events.add(new Event(call.firstByteAt(), name + "began its response"));
        }
        if (call.releasedAt() != 0) {
            events.add(new Event(call.releasedAt(), name + "was told to go on"));
        }
        events.add(new Event(call.time().end(), name + "->  " + call.answered()));
        return events;
    }

    /** A line for each, in order, with milliseconds since {@code origin}. */
    public static String inOrder(List<Event> events, long origin) {
        return events.stream()
                .sorted(Comparator.comparingLong(Event::at))
                .map(event -> String.format("%12.3f  %s%n", (event.at - origin) / NANOS_PER_MILLI, event.text))
                .collect(Collectors.joining());
    }

    /** Reads what {@link #toString} has written. */
    public static Event parse(String line) {
        int space = line.indexOf(' ');
        return new Event(Long.parseLong(line.substring(0, space)), line.substring(space + 1));
    }

    @Override
    public String toString() {
        return at + " " + text;
    }
}
