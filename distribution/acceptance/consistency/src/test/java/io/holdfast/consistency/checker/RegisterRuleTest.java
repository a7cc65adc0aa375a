package io.holdfast.consistency.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RegisterRuleTest {
    private final HandMade history = new HandMade();

    @Test
    void readOfTheLatestValue_isRight() {
        history.call(0, 1, "put:a:v1 ok").call(2, 3, "put:a:v2 ok").call(4, 5, "get:a v2");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void readOfNothing_beforeAnythingWasSet_isRight() {
        history.call(0, 1, "get:a -").call(2, 3, "put:a:v1 ok get:a v1");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void readOfEitherOfTwoConcurrentWrites_isRight() {
        history.call(0, 5, "put:a:v1 ok").call(1, 4, "put:a:v2 ok").call(6, 7, "get:a v1");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void readDuringAWrite_maySeeTheOldValueOrTheNewOne() {
        history.call(0, 1, "put:a:v1 ok")
                .call(2, 9, "put:a:v2 ok")
                .call(3, 4, "get:a v2")
                .call(5, 6, "get:a v1");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void acknowledgedWriteNeverSeen_isALostUpdate() {
        history.call(0, 1, "put:a:v1 ok").call(2, 3, "put:a:v2 ok").call(4, 5, "get:a v1");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE);
    }

    @Test
    void acknowledgedWriteSeenLateOnly_isAStaleRead() {
        history.call(0, 1, "put:a:v1 ok")
                .call(2, 3, "put:a:v2 ok")
                .call(4, 5, "get:a v1")
                .call(6, 7, "get:a v2");
        assertThat(history.findings()).containsExactly(Kind.STALE_READ);
    }

    @Test
    void lateWriteBesideARefusedRequest_mayBeLost() {
        history.call(0, 1, "put:a:v1 ok")
                .flushed(2, 4, 9, "put:b:v2 flush put:a:v3", "ok", "ok", "ok")
                .call(8, 12, "get:b v2")
                .conflict(11, 14, "put:strict:v4")
                .call(15, 16, "get:a v1");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void lateWriteBesideARefusedRequestOfAnotherNode_isALostUpdate() {
        history.call(0, 1, "put:a:v1 ok")
                .flushed(2, 4, 9, "put:b:v2 flush put:a:v3", "ok", "ok", "ok")
                .call(15, 16, "get:a v1")
                .on("b")
                .conflict(3, 8, "put:strict:v4");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE);
    }

    @Test
    void earlyWriteBesideARefusedRequest_isALostUpdate() {
        history.call(0, 1, "put:a:v1 ok")
                .flushed(2, 4, 9, "put:a:v3 flush put:b:v2", "ok", "ok", "ok")
                .conflict(3, 8, "put:strict:v4")
                .call(15, 16, "get:a v1");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE);
    }

    @Test
    void ownWriteNotSeen_isALostUpdate() {
        history.call(0, 1, "put:a:v1 ok").call(2, 3, "put:a:v2 ok get:a v1");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE);
    }

    @Test
    void acknowledgedWriteNotSeen_thoughAnEvenNewerOneIsSeenLater_isAStaleRead() {
        history.call(0, 1, "put:a:v1 ok")
                .call(2, 3, "put:a:v2 ok")
                .call(4, 5, "put:a:v3 ok")
                .call(6, 7, "get:a v1")
                .call(8, 9, "get:a v3");
        assertThat(history.findings()).containsExactly(Kind.STALE_READ);
    }

    @Test
    void replacedValue_seenAgain_isAResurrection() {
        history.call(0, 1, "put:a:v1 ok")
                .call(2, 3, "put:a:v2 ok")
                .call(4, 5, "get:a v2")
                .call(6, 7, "get:a v1");
        assertThat(history.findings()).containsExactly(Kind.RESURRECTED_VALUE);
    }

    @Test
    void replacedValue_seenAgainByOneAlone_isAStaleRead() {
        history.call(0, 1, "put:a:v1 ok")
                .call(2, 3, "put:a:v2 ok")
                .call(4, 5, "get:a v2")
                .call(6, 7, "get:a v1")
                .call(8, 9, "get:a v2");
        assertThat(history.findings()).containsExactly(Kind.STALE_READ);
    }

    @Test
    void removalNobodyEverSaw_isALostUpdate() {
        history.call(0, 1, "put:a:v1 ok").call(2, 3, "clear:a ok").call(4, 5, "get:a v1");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE);
    }

    @Test
    void removedValueSeenOnce_andGoneForOthersLater_isAStaleRead() {
        history.call(0, 1, "put:a:v1 ok")
                .call(2, 3, "clear:a ok")
                .call(4, 5, "get:a v1")
                .call(6, 7, "get:a -");
        assertThat(history.findings()).containsExactly(Kind.STALE_READ);
    }

    @Test
    void removedValueSeen_andRemovedOnceMore_isALostUpdate() {
        history.call(0, 1, "put:a:v1 ok")
                .call(2, 3, "clear:a ok")
                .call(4, 5, "get:a v1")
                .call(6, 7, "clear:a ok")
                .call(8, 9, "get:a -");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE);
    }

    @Test
    void removedValue_seenToBeGone_andThenSeenAgain_isAResurrection() {
        history.call(0, 1, "put:a:v1 ok")
                .call(2, 3, "clear:a ok")
                .call(4, 5, "get:a -")
                .call(6, 7, "get:a v1");
        assertThat(history.findings()).containsExactly(Kind.RESURRECTED_VALUE);
    }

    @Test
    void removedValue_seenToBeGone_andSeenAgainByOneAlone_isAStaleRead() {
        history.call(0, 1, "put:a:v1 ok")
                .call(2, 3, "clear:a ok")
                .call(4, 5, "get:a -")
                .call(6, 7, "get:a v1")
                .call(8, 9, "get:a -");
        assertThat(history.findings()).containsExactly(Kind.STALE_READ);
    }

    @Test
    void valueThatVanishes_isALostUpdate() {
        history.call(0, 1, "put:a:v1 ok").call(2, 3, "get:a v1").call(4, 5, "get:a -");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE);
    }

    @Test
    void refusedValueSeenAfterANewerOneWasSet_isAResurrection() {
        history.refused(0, 1, "put:a:v1").call(2, 3, "put:a:v2 ok").call(4, 5, "get:a v1");
        assertThat(history.findings()).containsExactly(Kind.RESURRECTED_VALUE);
    }

    @Test
    void refusedValueSeenAfterwards_isAResurrection() {
        history.call(0, 1, "put:a:v1 ok").refused(2, 3, "put:a:v2").call(4, 5, "get:a v2");
        assertThat(history.findings()).contains(Kind.RESURRECTED_VALUE);
    }

    @Test
    void refusedValueSeenMeanwhile_isRight() {
        history.call(0, 1, "put:a:v1 ok").refused(2, 6, "put:a:v2").call(4, 5, "get:a v2");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void refusedValueOfAThread_mayHaveBeenStoredWithAnotherRequest() {
        history.call(0, 1, "put:a:v1 ok")
                .refused(2, 5, "get:b async put:a:v2")
                .call(4, 6, "put:b:v3 ok")
                .call(7, 8, "get:a v2");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void refusedValueOfAThread_seenLongAfterANewerOne_isAResurrection() {
        history.call(0, 1, "put:a:v1 ok")
                .refused(2, 5, "get:b async put:a:v2")
                .call(4, 6, "put:b:v3 ok")
                .call(3_000, 3_001, "put:a:v4 ok")
                .call(3_002, 3_003, "get:a v4")
                .call(3_004, 3_005, "get:a v2");
        assertThat(history.findings()).containsExactly(Kind.RESURRECTED_VALUE);
    }

    @Test
    void refusedValueOfAThread_isStoredWithARequestThatSharesSomethingByWayOfOthers() {
        history.call(0, 1, "put:a:v1 ok")
                .refused(2, 5, "get:b async put:a:v2")
                .call(4, 2_500, "get:b -")
                .call(2_400, 5_000, "get:b -")
                .call(3_000, 3_001, "put:a:v4 ok")
                .call(3_002, 3_003, "get:a v4")
                .call(5_004, 5_005, "get:a v2");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void refusedValueOfAThread_besideNoOtherRequestOfItsNode_isAResurrection() {
        history.call(0, 1, "put:a:v1 ok")
                .refused(2, 5, "get:b async put:a:v2")
                .call(7, 8, "get:a v2")
                .on("b")
                .call(4, 6, "put:b:v3 ok");
        assertThat(history.findings()).containsExactly(Kind.RESURRECTED_VALUE);
    }

    @Test
    void refusedValue_whereThingsBreak_mayHaveBeenStored() {
        history.call(0, 1, "put:a:v1 ok").refused(2, 3, "put:a:v2").call(4, 5, "get:a v2");
        assertThat(history.findings(new Rules(true, true))).isEmpty();
    }

    @Test
    void valueOfARequestThatConflicted_isNeverStored_evenWhereThingsBreak() {
        history.call(0, 1, "put:a:v1 ok")
                .conflict(2, 3, "put:a:v2 put:strict:v3")
                .call(4, 5, "get:a v2");
        assertThat(history.findings(new Rules(true, true))).containsExactly(Kind.RESURRECTED_VALUE);
    }

    @Test
    void unansweredWrite_mayTakeEffectAtAnyLaterTime() {
        history.call(0, 1, "put:a:v1 ok")
                .unknown(2, 3, "put:a:v2")
                .call(4, 5, "get:a v1")
                .call(6, 7, "get:a v2");
        assertThat(history.findings(new Rules(true, true))).isEmpty();
    }

    @Test
    void lostOneOfTwoConcurrentValues_cannotComeBack() {
        history.call(0, 5, "put:a:v1 ok")
                .call(1, 4, "put:a:v2 ok")
                .call(6, 7, "get:a v1")
                .call(8, 9, "get:a v2");
        assertThat(history.findings()).containsExactly(Kind.RESURRECTED_VALUE);
    }

    @Test
    void lostOneOfTwoConcurrentValues_seenByOneAlone_isAStaleRead() {
        history.call(0, 5, "put:a:v1 ok")
                .call(1, 4, "put:a:v2 ok")
                .call(6, 7, "get:a v1")
                .call(8, 9, "get:a v2")
                .call(10, 11, "get:a v1");
        assertThat(history.findings()).containsExactly(Kind.STALE_READ);
    }

    @Test
    void valueNobodySet_isAFinding() {
        history.call(0, 1, "get:a v7");
        assertThat(history.findings()).containsExactly(Kind.RESURRECTED_VALUE);
    }

    @Test
    void writeBehindTheResponse_whereThingsBreak_isNotPromised() {
        history.call(0, 1, "put:a:v1 ok flush ok put:a:v2 ok").call(2, 3, "get:a v1");
        assertThat(history.findings(new Rules(true, true))).isEmpty();
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE);
    }

    @Test
    void writeBeforeTheFirstByte_countsFromThenOn() {
        history.call(0, 1, "put:a:v1 ok")
                .flushed(2, 3, 20, "put:a:v2 flush put:b:v3", "ok", "ok", "ok")
                .call(5, 6, "get:a v1 get:b -");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE);
    }
}
