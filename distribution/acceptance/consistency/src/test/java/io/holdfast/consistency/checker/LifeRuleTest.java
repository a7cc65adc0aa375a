package io.holdfast.consistency.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LifeRuleTest {
    private final HandMade history = new HandMade();

    @Test
    void noSession_afterItWasEnded_isRight() {
        history.call(0, 1, "end ok").noSession(2, 3);
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void noSession_whileItIsEnded_isRight() {
        history.call(0, 5, "end ok").noSession(2, 3).call(3, 4, "get:a -");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void noSession_thoughNobodyEndedIt_isAWrongLogout() {
        history.call(0, 1, "get:a -").noSession(2, 3);
        assertThat(history.findings()).containsExactly(Kind.WRONG_LOGOUT);
    }

    @Test
    void session_afterItWasEnded_isAResurrection() {
        history.call(0, 1, "end ok").call(2, 3, "get:a -");
        assertThat(history.findings()).containsExactly(Kind.RESURRECTED_SESSION);
    }

    @Test
    void session_afterAnEndThatWasNotAnswered_mayLive() {
        history.unknown(0, 1, "end").call(2, 3, "get:a -").noSession(4, 5);
        assertThat(history.findings(new Rules(true, true))).isEmpty();
    }

    @Test
    void oldId_afterItWasChanged_isDead() {
        history.call(0, 1, "rotate ok").noSession(2, 3).call(HandMade.OTHER_ID, 4, 5, "get:a -");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void oldId_thatStillAnswers_isAResurrection() {
        history.call(0, 1, "rotate ok").call(2, 3, "get:a -");
        assertThat(history.findings()).containsExactly(Kind.RESURRECTED_SESSION);
    }

    @Test
    void newId_thatDoesNotAnswer_isAWrongLogout() {
        history.call(0, 1, "rotate ok").noSession(HandMade.OTHER_ID, 2, 3);
        assertThat(history.findings()).containsExactly(Kind.WRONG_LOGOUT);
    }

    @Test
    void noSession_beforeItsTimeout_isAWrongLogout() {
        history.call(0, 1, "timeout:1 ok").call(500, 501, "get:a -").noSession(1_400, 1_401);
        assertThat(history.findings()).containsExactly(Kind.WRONG_LOGOUT);
    }

    @Test
    void noSession_afterItsTimeout_isRight() {
        history.call(0, 1, "timeout:1 ok").call(500, 501, "get:a -").noSession(1_600, 1_601);
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void session_longAfterItsTimeout_isAResurrection() {
        history.call(0, 1, "timeout:1 ok").call(500, 501, "get:a -").call(4_000, 4_001, "get:a -");
        assertThat(history.findings()).containsExactly(Kind.RESURRECTED_SESSION);
    }

    @Test
    void session_thatSomebodyUsedBeforeItsTimeout_lives() {
        history.call(0, 1, "timeout:1 ok").call(900, 901, "get:a -").call(1_800, 1_801, "get:a -");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void session_thatALateRequestBringsBack_isAResurrection() {
        history.call(0, 1, "timeout:1 ok")
                .held(2, 5_000, 5_001, "get:a hold:p put:a:v1", "-", "ok", "ok")
                .call(5_100, 5_101, "get:a v1");
        assertThat(history.findings()).containsExactly(Kind.RESURRECTED_SESSION);
    }

    @Test
    void sessionThatEndsUnderARequest_thoughNobodyEndedIt_isAWrongLogout() {
        history.call(0, 1, "get:a -").call(2, 3, "get:a - put:a:v1 gone");
        assertThat(history.findings()).containsExactly(Kind.WRONG_LOGOUT);
    }

    @Test
    void sessionThatEndsUnderARequest_becauseSomebodyEndedIt_isRight() {
        history.call(0, 5, "end ok").call(2, 3, "get:a - put:a:v1 gone");
        assertThat(history.findings()).isEmpty();
    }
}
