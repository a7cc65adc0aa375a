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
        List<Read> right = history.reads().stream()
                .filter(this::checkSeen)
                .sorted(Comparator.comparingLong(read -> read.time().start()))
                .toList();
        List<Read> trusted = new ArrayList<>();
        for (Read read : right) {
            Read newer = trusted.stream()
                    .filter(earlier -> isNewer(earlier, read))
                    .findFirst()
                    .orElse(null);
            if (newer != null) {
                goesBack(newer, read);
            } else if (history.isQuiet(read)) {
                trusted.add(read);
            }
        }
        return findings;
    }

    /** Whether nothing is wrong with what was seen. */
    private boolean checkSeen(Read read) {
        List<Write> origins = origins(read.seen());
        boolean initial = read.seen().equals(Answer.ABSENT);
        if (origins.stream().anyMatch(origin -> explains(origin, read))
                || (initial && newerThan(null, read).isEmpty())) {
            return true;
        }
        Write origin = origins.stream()
                .max(Comparator.comparingLong(write -> write.time().end()))
                .orElse(null);
        boolean counted = initial || origins.stream().anyMatch(write -> write.counted(read.time()));
        List<Write> newer = counted ? newerThan(origin, read) : List.of();
        if (newer.isEmpty()) {
            report(Kind.RESURRECTED_VALUE, read, "nobody has set that value, or it was refused", origin, null);
        } else {
            report(kind(newer, read), read, "a newer value had been set", origin, newer.get(0));
        }
        return false;
    }

    /** Whether {@code read} may have seen what {@code origin} set. */
    private boolean explains(Write origin, Read read) {
        boolean own = origin.call().is(read.call());
        return origin.mayShowIn(read.time())
                && (!own || origin.place() < read.place())
                && newerThan(origin, read).isEmpty();
    }

    /** The writes that certainly came after {@code origin} and before {@code read}. */
    private List<Write> newerThan(@Nullable Write origin, Read read) {
        return history.writes().stream()
                .filter(Write::isSure)
                .filter(write -> write.time().endsBefore(read.time())
                        || (write.call().is(read.call()) && write.place() < read.place()))
                .filter(write -> origin == null || comesAfter(write, origin))
                .toList();
    }

    private static boolean comesAfter(Write write, Write origin) {
        return write.call().is(origin.call()) ? write.place() > origin.place() : origin.isOverBefore(write.time());
    }

    /** Who looks while nobody changes the attribute sees what counts; nothing older can count afterwards. */
    private boolean isNewer(Read quiet, Read later) {
        if (!quiet.isBefore(later) || later.seen().equals(quiet.seen())) {
            return false;
        }
        List<Write> origins = origins(later.seen());
        boolean known = later.seen().equals(Answer.ABSENT) || !origins.isEmpty();
        return known && origins.stream().allMatch(origin -> origin.isOverBefore(quiet.time()));
    }

    private void goesBack(Read quiet, Read later) {
        Kind kind = history.missing(later, other -> stillShows(List.of(quiet.seen()), other, later));
        boolean cameBack = kind == Kind.LOST_UPDATE && !later.seen().equals(Answer.ABSENT);
        findings.add(finding(
                cameBack ? Kind.RESURRECTED_VALUE : kind,
                later,
                "#" + quiet.call().number() + " had seen another one, and nobody has set this one since",
                List.of(quiet.call()),
                origins(later.seen()).stream().findFirst().orElse(null),
                null));
    }

    private Kind kind(List<Write> newer, Read read) {
        List<String> values = newer.stream().map(Write::value).toList();
        return read.seen().equals(Answer.ABSENT)
                ? history.missing(read, later -> stillShows(values, later, read))
                : history.present(
                        read,
                        later -> stillShows(values, later, read),
                        earlier -> newer.stream()
                                .anyMatch(write ->
                                        write.value().equals(earlier.seen()) && write.isOverBefore(earlier.time())));
    }

    /**
     * Whether a look behind {@code read} shows one of the values that were there before that. A value was set once; that there
     * is none may be because it was removed since.
     */
    private boolean stillShows(List<String> values, Read later, Read read) {
        return values.contains(later.seen())
                && (!later.seen().equals(Answer.ABSENT)
                        || origins(Answer.ABSENT).stream()
                                .noneMatch(removal -> removal.mayHappenBetween(read.time(), later.time())));
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
