package io.holdfast.consistency.checker;

import io.holdfast.consistency.history.Answer;
import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.history.Step.Verb;
import java.util.ArrayList;
import java.util.List;

/**
 * A session answers from its creation until somebody ends it, it expires, or its id is changed; and never after that. It
 * expires when nobody has used it for its time-out; at most {@link #LATENESS_NANOS} later it has to be gone.
 */
final class LifeRule {
    /** More than a touch interval, which is a twentieth of the time-out, and what a busy machine needs to work on a request. */
    static final long LATENESS_NANOS = 2_000_000_000L;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final List<Call> calls;
    private final List<Finding> findings = new ArrayList<>();

    LifeRule(List<Call> calls) {
        this.calls = calls;
    }

    List<Finding> check() {
        for (Call call : calls) {
            if (call.presented().isEmpty()) {
                continue;
            }
            if (call.answer() instanceof Answer.NoSession) {
                checkLogout(call, "found no session");
            } else if (call.answer() instanceof Answer.Answered answered) {
                checkAlive(call);
                if (answered.seen().contains(Answer.GONE)) {
                    checkLogout(call, "lost its session");
                }
            }
        }
        return findings;
    }

    private void checkLogout(Call call, String what) {
        boolean idMayBeDead = call.answer() instanceof Answer.NoSession;
        boolean justified = call.has(Verb.END)
                || mayHaveExpired(call)
                || calls.stream()
                        .filter(other -> !other.is(call)
                                && other.time().start() <= call.time().end())
                        .anyMatch(other -> other.has(Verb.END)
                                || (idMayBeDead
                                        && other.has(Verb.ROTATE)
                                        && other.presented().equals(call.presented())));
        if (!justified) {
            List<Call> before = calls.stream()
                    .filter(other -> other.time().endsBefore(call.time()))
                    .toList();
            List<Call> evidence = new ArrayList<>(before.subList(Math.max(0, before.size() - 2), before.size()));
            evidence.add(call);
            findings.add(Finding.of(
                    Kind.WRONG_LOGOUT,
                    "#" + call.number() + " " + what + ", though nobody had ended it or changed its id, and it had"
                            + " not expired",
                    evidence));
        }
    }

    /** Whether, from the last request that certainly used the session to this one, the shortest time-out may have passed. */
    private boolean mayHaveExpired(Call call) {
        long timeout = shortestTimeoutNanos(call);
        long lastUse = calls.stream()
                .filter(other -> other.answer() instanceof Answer.Answered)
                .filter(other -> other.time().endsBefore(call.time()))
                .mapToLong(other -> other.time().start())
                .max()
                .orElse(Long.MIN_VALUE / 2);
        return timeout < Long.MAX_VALUE && call.time().end() - lastUse >= timeout;
    }

    private void checkAlive(Call call) {
        for (Call other : calls) {
            if (!other.time().endsBefore(call.time())) {
                continue;
            }
            if (other.did(Verb.END)) {
                report(call, other, "had been ended");
                return;
            }
            if (other.did(Verb.ROTATE) && other.presented().equals(call.presented())) {
                report(call, other, "had another id since");
                return;
            }
        }
        checkNotExpired(call);
    }

    /** After a pause in which certainly no request has told Redis of an access, it had expired. */
    private void checkNotExpired(Call call) {
        Call shortened = calls.stream()
                .filter(other -> other.did(Verb.TIMEOUT) && other.time().endsBefore(call.time()))
                .findFirst()
                .orElse(null);
        if (shortened == null) {
            return;
        }
        long longest = timeoutNanos(shortened) + LATENESS_NANOS;
        for (Call last : calls) {
            long pauseFrom = endOfUse(last, call);
            boolean interrupted = calls.stream()
                    .anyMatch(other -> !other.is(last)
                            && !other.is(call)
                            && endOfUse(other, call) > pauseFrom
                            && other.time().start() < call.time().start());
            if (!interrupted
                    && call.time().start() - pauseFrom > longest
                    && !last.is(call)
                    && !last.time().endsBefore(shortened.time())) {
                report(call, last, "had expired, because nobody had used it since");
                return;
            }
        }
    }

    /**
     * When {@code call}, as seen from a later one, had last told Redis of an access. A request that is held tells when it begins,
     * and when it goes on; not in between, and if it goes on after the session has expired, not even then.
     */
    private static long endOfUse(Call call, Call later) {
        boolean held =
                call.releasedAt() != 0 && call.releasedAt() < later.time().start();
        long pause = call.releasedAt() - call.time().start();
        return held && pause > NANOS_PER_SECOND + LATENESS_NANOS
                ? call.time().start() + NANOS_PER_SECOND
                : call.time().end();
    }

    private long shortestTimeoutNanos(Call until) {
        return calls.stream()
                .filter(other -> other.has(Verb.TIMEOUT)
                        && other.time().start() <= until.time().end())
                .mapToLong(LifeRule::timeoutNanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static long timeoutNanos(Call call) {
        return call.steps().stream()
                .filter(step -> step.verb() == Verb.TIMEOUT)
                .mapToLong(step -> Long.parseLong(step.value()) * NANOS_PER_SECOND)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private void report(Call call, Call cause, String what) {
        findings.add(Finding.of(
                Kind.RESURRECTED_SESSION, "#" + call.number() + " found a session that " + what, List.of(cause, call)));
    }
}
