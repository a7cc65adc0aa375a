package io.holdfast.consistency.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstWriteRuleTest {
    private static final String[] SAW_NOTHING = {"-", "ok", "ok"};

    private final HandMade history = new HandMade();

    @Test
    void firstOfTwo_stays() {
        history.held(0, 5, 6, "get:first hold:p put:first:v1", SAW_NOTHING)
                .on("b")
                .call(1, 4, "put:first:v2 ok")
                .call(7, 8, "get:first v2");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void lastOfTwo_thatKnewNothingOfTheFirst_isALostUpdate() {
        history.held(0, 5, 6, "get:first hold:p put:first:v1", SAW_NOTHING)
                .on("b")
                .call(1, 4, "put:first:v2 ok")
                .call(7, 8, "get:first v1");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE);
    }

    @Test
    void lastOfTwo_ofOneNode_counts() {
        history.held(0, 5, 6, "get:first hold:p put:first:v1", SAW_NOTHING)
                .call(1, 4, "put:first:v2 ok")
                .call(7, 8, "get:first v1");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void lastOfTwo_thatHadCompany_mayKnowOfTheFirst() {
        history.held(0, 5, 6, "get:first hold:p put:first:v1", SAW_NOTHING)
                .call(1, 4, "get:a -")
                .on("b")
                .call(1, 4, "put:first:v2 ok")
                .call(7, 8, "get:first v1");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void lastOfTwo_thatKnowsTheFirst_counts() {
        history.on("b")
                .call(0, 1, "put:first:v2 ok")
                .on("a")
                .held(2, 5, 6, "get:first hold:p put:first:v1", "v2", "ok", "ok")
                .call(7, 8, "get:first v1");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void eitherOfTwoThatAreConcurrent_mayBeDropped() {
        history.call(0, 5, "put:first:v1 ok")
                .on("b")
                .call(1, 4, "put:first:v2 ok")
                .call(6, 7, "get:first v1");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void dropped_mayBeWhoSharesTheSessionWithOneThatIs() {
        history.call(0, 5, "put:first:v1 ok")
                .call(4, 9, "put:first:v3 ok")
                .on("b")
                .call(1, 2, "put:first:v2 ok")
                .call(10, 11, "get:first v2");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void droppedAndSeenNotToCount_cannotComeBack() {
        history.call(0, 5, "put:first:v1 ok")
                .on("b")
                .call(1, 4, "put:first:v2 ok")
                .call(6, 7, "get:first v1")
                .call(8, 9, "get:first v2");
        assertThat(history.findings()).containsExactly(Kind.RESURRECTED_VALUE);
    }

    @Test
    void whoWasAlone_counts() {
        history.call(0, 1, "put:first:v1 ok")
                .on("b")
                .call(2, 3, "put:first:v2 ok")
                .call(4, 5, "get:first v1");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE);
    }
}
