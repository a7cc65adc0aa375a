package io.holdfast.consistency.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailRuleTest {
    private final HandMade history = new HandMade();

    @Test
    void oneOfTwoWhoReplaceTheSame_isRefused() {
        history.call(0, 5, "get:strict - put:strict:v1 ok")
                .on("b")
                .conflict(1, 4, "get:strict put:strict:v2")
                .call(6, 7, "get:strict v1");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void twoWhoReplaceTheSame_andAreBothTold_itCounts_isALostUpdate() {
        history.call(0, 5, "get:strict - put:strict:v1 ok").on("b").call(1, 4, "get:strict - put:strict:v2 ok");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE);
    }

    @Test
    void twoOfOneNode_doNotConflict() {
        history.call(0, 5, "get:strict - put:strict:v1 ok").call(1, 4, "get:strict - put:strict:v2 ok");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void whoHasCompany_mayHaveHeardOfTheOther() {
        history.call(0, 9, "get:strict - put:strict:v1 ok")
                .call(6, 7, "get:strict v2")
                .on("b")
                .call(1, 4, "get:strict - put:strict:v2 ok");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void whoHasSeenTheOther_replacesIt() {
        history.call(0, 5, "get:strict - put:strict:v1 ok").on("b").call(6, 7, "get:strict v1 put:strict:v2 ok");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void removedInBetween_mayBeSetByBoth() {
        history.call(0, 1, "get:strict - put:strict:v1 ok")
                .call(2, 3, "clear:strict ok")
                .on("b")
                .call(4, 5, "get:strict - put:strict:v2 ok");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void refusedValue_isNotThere() {
        history.conflict(0, 1, "put:strict:v1").call(2, 3, "get:strict v1");
        assertThat(history.findings()).containsExactly(Kind.RESURRECTED_VALUE);
    }
}
