package io.holdfast.consistency.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CounterRuleTest {
    private final HandMade history = new HandMade();

    @Test
    void everybodyCounted_isRight() {
        history.call(0, 5, "count:counter ok").call(1, 4, "count:counter ok").call(6, 7, "get:counter 2");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void oneNotCounted_isALostUpdate() {
        history.call(0, 5, "count:counter ok").call(1, 4, "count:counter ok").call(6, 7, "get:counter 1");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE);
    }

    @Test
    void oneNotCounted_whereTheLastWriteWins_isRightIfTheyWereConcurrent() {
        history.call(0, 5, "count:counter ok").call(1, 4, "count:counter ok").call(6, 7, "get:counter 1");
        assertThat(history.findings(new Rules(false, false))).isEmpty();
    }

    @Test
    void oneCountedLate_isAStaleRead() {
        history.call(0, 1, "count:counter ok").call(2, 3, "get:counter 0").call(4, 5, "get:counter 1");
        assertThat(history.findings()).containsExactly(Kind.STALE_READ);
    }

    @Test
    void oneNotCounted_thoughLaterOnesAre_isALostUpdate() {
        history.call(0, 1, "count:counter ok")
                .call(2, 3, "get:counter 0")
                .call(4, 5, "count:counter ok")
                .call(6, 7, "get:counter 1");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE, Kind.LOST_UPDATE);
    }

    @Test
    void oneCountedTwice_isARepeatedUpdate() {
        history.call(0, 1, "count:counter ok").call(2, 3, "get:counter 2");
        assertThat(history.findings()).containsExactly(Kind.REPEATED_UPDATE);
    }

    @Test
    void incrementOfWhoeverIsAlone_isNeverLost_evenWhereTheLastWriteWins() {
        history.call(0, 5, "increment:tally ok")
                .on("b")
                .call(1, 4, "increment:tally ok")
                .call(6, 7, "get:tally 1");
        assertThat(history.findings(new Rules(false, false))).containsExactly(Kind.LOST_UPDATE);
    }

    @Test
    void incrementThatIsRefused_doesNotCount() {
        history.conflict(0, 1, "increment:tally").call(2, 3, "get:tally 1");
        assertThat(history.findings(new Rules(true, true))).containsExactly(Kind.REPEATED_UPDATE);
    }

    @Test
    void unansweredCount_mayCountOrNot() {
        history.unknown(0, 1, "count:counter").call(2, 3, "get:counter 0").call(4, 5, "get:counter 1");
        assertThat(history.findings(new Rules(true, true))).isEmpty();
    }
}
