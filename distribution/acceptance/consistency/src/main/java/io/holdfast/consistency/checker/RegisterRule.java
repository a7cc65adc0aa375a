package io.holdfast.consistency.checker;

import io.holdfast.consistency.history.Answer;
import io.holdfast.consistency.history.Call;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attribute that is set as a whole behaves like one variable: who looks sees the last value that was set, or one of
 * those that were being set at the same time. Every value is set once, so what was seen tells who had set it.
 */
final class RegisterRule {
    private final AttributeHistory history;
    private final List<Finding> findings = new ArrayList<>();

    RegisterRule(AttributeHistory history) {
        this.history = history;
    }

    List<Finding> check() {
        List<Read> right = history.reads().stream().filter(this::checkSeen).toList();
        right.stream().filter(history::isQuiet).forEach(this::checkNothingOlderFollows);
        return findings;
    }

    /** Whether nothing is wrong with what was seen. */
    private boolean checkSeen(Read read) {
        List<Write> origins = origins(read.seen());
        boolean initial = read.seen().equals(Answer.ABSENT);
        if (origins.stream().anyMatch(origin -> explains(origin, read)) || (initial && newerThan(null, read) == null)) {
            return true;
        }
        Write origin = origins.stream()
                .max(Comparator.comparingLong(write -> write.time().end()))
                .orElse(null);
        Write newer = origin == null && !initial ? null : newerThan(origin, read);
        if (newer != null) {
            report(kind(newer, read), read, "a newer value had been set", origin, newer);
        } else {
            report(Kind.RESURRECTED_VALUE, read, "nobody has set that value, or it was refused", origin, null);
        }
        return false;
    }

    /** Whether {@code read} may have seen what {@code origin} set. */
    private boolean explains(Write origin, Read read) {
        boolean own = origin.call().is(read.call());
        return origin.mayShowIn(read.time())
                && (!own || origin.place() < read.place())
                && newerThan(origin, read) == null;
    }

    /** A write that certainly came after {@code origin} and before {@code read}; null: none. */
    private @Nullable Write newerThan(@Nullable Write origin, Read read) {
        for (Write write : history.writes()) {
            boolean own = write.call().is(read.call()) && write.place() < read.place() && write.isSure();
            boolean before = own || (write.isSure() && write.time().endsBefore(read.time()));
            if (before && (origin == null || comesAfter(write, origin))) {
                return write;
            }
        }
        return null;
    }

    private static boolean comesAfter(Write write, Write origin) {
        return write.call().is(origin.call()) ? write.place() > origin.place() : origin.isOverBefore(write.time());
    }

    /** Who looks while nobody changes the attribute sees what counts; nothing older can count afterwards. */
    private void checkNothingOlderFollows(Read quiet) {
        for (Read later : history.reads()) {
            if (!quiet.isBefore(later) || later.seen().equals(quiet.seen())) {
                continue;
            }
            List<Write> origins = origins(later.seen());
            boolean initial = later.seen().equals(Answer.ABSENT);
            boolean older = origins.stream().allMatch(origin -> origin.isOverBefore(quiet.time()))
                    && (initial || !origins.isEmpty());
            if (older) {
                Write origin = origins.isEmpty() ? null : origins.get(0);
                findings.add(finding(
                        Kind.RESURRECTED_VALUE,
                        later,
                        "#" + quiet.call().number() + " had seen another one, and nobody has set this one since",
                        List.of(quiet.call()),
                        origin,
                        null));
                return;
            }
        }
    }

    private Kind kind(Write newer, Read read) {
        if (newer.value().equals(Answer.ABSENT)) {
            return Kind.RESURRECTED_VALUE;
        }
        return history.missing(read, other -> other.seen().equals(newer.value()));
    }

    private List<Write> origins(String value) {
        return history.writes().stream()
                .filter(write -> write.value().equals(value))
                .toList();
    }

    private void report(Kind kind, Read read, String why, @Nullable Write origin, @Nullable Write newer) {
        findings.add(finding(kind, read, why, List.of(), origin, newer));
    }

    private Finding finding(
            Kind kind, Read read, String why, List<Call> more, @Nullable Write origin, @Nullable Write newer) {
        List<Call> evidence = new ArrayList<>(more);
        evidence.add(read.call());
        if (origin != null) {
            evidence.add(origin.call());
        }
        if (newer != null) {
            evidence.add(newer.call());
        }
        String text = "#" + read.call().number() + " saw " + history.name() + "=" + read.seen() + ", but " + why;
        return Finding.of(kind, newer == null ? text : text + ": " + newer.value(), evidence);
    }
}
