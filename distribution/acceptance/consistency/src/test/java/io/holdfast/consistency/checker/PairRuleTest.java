package io.holdfast.consistency.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PairRuleTest {
    private final HandMade history = new HandMade();

    @Test
    void bothOfOneRequest_isRight() {
        history.call(0, 5, "pair:v1 ok").call(1, 4, "pair:v2 ok").call(6, 7, "get:left v1 get:right v1");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void oneOfEach_isATornCommit() {
        history.call(0, 5, "pair:v1 ok").call(1, 4, "pair:v2 ok").call(6, 7, "get:left v1 get:right v2");
        assertThat(history.findings()).containsExactly(Kind.TORN_COMMIT);
    }

    @Test
    void oneOfEach_whileTheyAreBeingSet_isRight() {
        history.call(0, 1, "pair:v1 ok").call(2, 9, "pair:v2 ok").call(3, 4, "get:left v2 get:right v1");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void halfOfARequestThatBrokeOff_isATornCommit() {
        history.call(0, 1, "pair:v1 ok").unknown(2, 3, "pair:v2").call(5_000, 5_001, "get:left v2 get:right v1");
        assertThat(history.findings(new Rules(true, true))).containsExactly(Kind.TORN_COMMIT);
    }
}
