package io.holdfast.consistency.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.consistency.checker.EndsChecker.Interruption;
import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.history.SessionEnd;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndsCheckerTest {
    private static final String RECORD = Call.record(HandMade.ID);
    private static final String BADGE = " " + RECORD;

    private final HandMade history = new HandMade();

    @Test
    void endedAndToldOnce_isRight() {
        history.call(0, 1, "end ok");
        assertThat(findings("a 5 removed", "a 5 unbound", "a 6 destroyed")).isEmpty();
    }

    @Test
    void expiredAndToldOnce_isRight() {
        history.call(0, 1, "timeout:1 ok");
        assertThat(findings("b 5 removed", "b 5 unbound", "b 6 destroyed")).isEmpty();
    }

    @Test
    void endedAndNotTold_isAMissingEnd() {
        history.call(0, 1, "end ok");
        assertThat(findings()).containsExactly(Kind.MISSING_END);
    }

    @Test
    void endedAndOnlyHalfTold_isAMissingEnd() {
        history.call(0, 1, "end ok");
        assertThat(findings("a 5 destroyed")).containsExactly(Kind.MISSING_END);
    }

    @Test
    void attributesNotReadable_isAMissingEnd() {
        history.call(0, 1, "end ok");
        List<SessionEnd> ends = List.of(
                SessionEnd.parse("a", "5 destroyed " + HandMade.ID + " -"),
                SessionEnd.parse("a", "5 removed " + HandMade.ID + BADGE),
                SessionEnd.parse("a", "5 unbound " + HandMade.ID + BADGE));
        assertThat(kinds(new EndsChecker(ends, List.of()))).containsExactly(Kind.MISSING_END);
    }

    @Test
    void toldOnTwoNodes_isADoubleEnd() {
        history.call(0, 1, "end ok");
        assertThat(findings("a 5 removed", "a 5 unbound", "a 6 destroyed", "b 7 destroyed"))
                .containsExactly(Kind.DOUBLE_END);
    }

    @Test
    void toldOnTwoNodes_ofWhichOneWasInterrupted_isRight() {
        history.call(0, 1, "end ok");
        EndsChecker ends = new EndsChecker(
                ends(
                        "a 5 removed",
                        "a 5 unbound",
                        "a 6 destroyed",
                        "b 900 removed",
                        "b 900 unbound",
                        "b 901 destroyed"),
                List.of(new Interruption("a", 7, 800)));
        assertThat(kinds(ends)).isEmpty();
    }

    @Test
    void toldOnTwoNodes_ofWhichNoneWasInterrupted_isADoubleEnd() {
        history.call(0, 1, "end ok");
        EndsChecker ends = new EndsChecker(
                ends("a 5 removed", "a 5 unbound", "a 6 destroyed", "b 901 destroyed"),
                List.of(new Interruption("c", 7, 800)));
        assertThat(kinds(ends)).containsExactly(Kind.DOUBLE_END);
    }

    @Test
    void livesAndWasTold_isAWrongLogout() {
        history.call(0, 1, "get:a -");
        assertThat(findings("a 5 destroyed")).containsExactly(Kind.WRONG_LOGOUT);
    }

    @Test
    void endNotAnswered_mayBeToldOrNot() {
        history.unknown(0, 1, "end");
        assertThat(findings()).isEmpty();
        assertThat(findings("a 5 removed", "a 5 unbound", "a 6 destroyed")).isEmpty();
    }

    @Test
    void endNotAnswered_butSeen_hasToBeTold() {
        history.unknown(0, 1, "end").noSession(2, 3);
        assertThat(findings()).containsExactly(Kind.MISSING_END);
    }

    private List<Kind> findings(String... ends) {
        return kinds(new EndsChecker(ends(ends), List.of()));
    }

    private List<Kind> kinds(EndsChecker ends) {
        return ends.check(Fate.of(RECORD, history.calls())).stream()
                .map(Finding::kind)
                .toList();
    }

    private static List<SessionEnd> ends(String... ends) {
        return Arrays.stream(ends)
                .map(end -> SessionEnd.parse(end.substring(0, 1), end.substring(2) + " " + HandMade.ID + BADGE))
                .toList();
    }
}
