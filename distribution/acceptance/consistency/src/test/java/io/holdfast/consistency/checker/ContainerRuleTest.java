package io.holdfast.consistency.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContainerRuleTest {
    private static final Rules LAST_WRITE_WINS = new Rules(false, false);

    private final HandMade history = new HandMade();

    @Test
    void allThatWasAdded_isRight() {
        history.call(0, 5, "add:set:v1 ok").call(1, 4, "add:set:v2 ok").call(6, 7, "get:set [v1,v2]");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void addedAndMissing_isALostUpdate() {
        history.call(0, 5, "add:set:v1 ok").call(1, 4, "add:set:v2 ok").call(6, 7, "get:set [v2]");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE);
    }

    @Test
    void addedAndMissing_whereTheLastWriteWins_isRightIfAnotherWasUnderWay() {
        history.call(0, 5, "add:set:v1 ok").call(1, 4, "add:set:v2 ok").call(6, 7, "get:set [v2]");
        assertThat(history.findings(LAST_WRITE_WINS)).isEmpty();
    }

    @Test
    void addedAndMissing_whereTheLastWriteWins_isALostUpdateIfNoOtherWasUnderWay() {
        history.call(0, 1, "add:set:v1 ok").call(2, 3, "add:set:v2 ok").call(6, 7, "get:set [v2]");
        assertThat(history.findings(LAST_WRITE_WINS)).containsExactly(Kind.LOST_UPDATE);
    }

    @Test
    void containerGone_isALostUpdate() {
        history.call(0, 1, "add:map:v1 ok").call(2, 3, "get:map -");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE);
    }

    @Test
    void containerGone_inARequestWhoseSessionEnds_isRight() {
        history.call(0, 1, "add:map:v1 ok").call(2, 5, "end ok").call(3, 6, "get:map - get:map gone");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void addedAndMissing_inARequestWhoseSessionEnds_isALostUpdate() {
        history.call(0, 1, "add:map:v1 ok").call(2, 5, "end ok").call(3, 6, "get:map [] get:map gone");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE);
    }

    @Test
    void addedAndSeenLateOnly_isAStaleRead() {
        history.call(0, 1, "add:list:v1 ok").call(2, 3, "get:list []").call(4, 5, "get:list [v1]");
        assertThat(history.findings()).containsExactly(Kind.STALE_READ);
    }

    @Test
    void addedByARequestThatIsRefused_isNotThere() {
        history.conflict(0, 5, "add:set:v1").call(6, 7, "get:set [v1]");
        assertThat(history.findings()).containsExactly(Kind.RESURRECTED_VALUE);
    }

    @Test
    void addedByARequestThatIsRefused_mayBeThereIfAnotherOneSharedTheObject() {
        history.conflict(0, 5, "add:set:v1").call(1, 4, "get:a -").call(6, 7, "get:set [v1]");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void takenOutAndStillThere_isALostUpdate() {
        history.call(0, 1, "add:set:v1 ok").call(2, 3, "drop:set:v1 ok").call(4, 5, "get:set [v1]");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE);
    }

    @Test
    void takenOut_seenToBeGone_andThereAgain_isAResurrection() {
        history.call(0, 1, "add:set:v1 ok")
                .call(2, 3, "drop:set:v1 ok")
                .call(4, 5, "get:set []")
                .call(6, 7, "get:set [v1]");
        assertThat(history.findings()).containsExactly(Kind.RESURRECTED_VALUE);
    }

    @Test
    void takenOut_andThereForOneAlone_isAStaleRead() {
        history.call(0, 1, "add:set:v1 ok")
                .call(2, 3, "drop:set:v1 ok")
                .call(4, 5, "get:set [v1]")
                .call(6, 7, "get:set []");
        assertThat(history.findings()).containsExactly(Kind.STALE_READ);
    }

    @Test
    void takenOutAgain_afterItWasStillThere_isALostUpdate() {
        history.call(0, 1, "add:set:v1 ok")
                .call(2, 3, "drop:set:v1 ok")
                .call(4, 5, "get:set [v1]")
                .call(6, 7, "drop:set:v1 ok")
                .call(8, 9, "get:set []");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE);
    }

    @Test
    void takenOutWhileItWasAdded_mayBeThereOrNot() {
        history.call(0, 5, "add:set:v1 ok")
                .call(1, 4, "drop:set:v1 ok")
                .call(6, 7, "get:set [v1]")
                .call(8, 9, "get:set []");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void elementTwice_isARepeatedUpdate() {
        history.call(0, 1, "add:list:v1 ok").call(2, 3, "get:list [v1,v1]");
        assertThat(history.findings()).containsExactly(Kind.REPEATED_UPDATE);
    }

    @Test
    void elementNobodyAdded_isAResurrection() {
        history.call(0, 1, "get:list [v1]");
        assertThat(history.findings()).containsExactly(Kind.RESURRECTED_VALUE);
    }

    @Test
    void elementOfARequestThatIsStillRunning_isRight() {
        history.call(0, 9, "add:list:v1 ok").call(2, 3, "get:list [v1]").call(4, 5, "get:list []");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void listThatDoesNotContinueWhatWasSeen_isAFinding() {
        history.call(0, 1, "add:list:v1 ok")
                .call(2, 3, "get:list [v1]")
                .call(4, 5, "add:list:v2 ok")
                .call(6, 7, "get:list [v2,v1]");
        assertThat(history.findings()).containsExactly(Kind.RESURRECTED_VALUE);
    }

    @Test
    void addedOnAnotherNode_andHiddenByARequestThatChangesTheObject_isRight() {
        history.on("b")
                .call(0, 9, "add:list:v1 ok")
                .on("a")
                .call(1, 3, "add:list:v2 ok")
                .on("b")
                .call(4, 5, "get:list [v1]")
                .call(10, 11, "get:list [v2,v1]");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void addedOnAnotherNode_andHiddenByARequestThatGotTheObjectFromAnotherOne_isRight() {
        history.on("b")
                .call(0, 5, "add:list:v1 ok")
                .on("a")
                .call(1, 3, "add:list:v2 ok")
                .on("b")
                .call(4, 8, "add:list:v3 ok")
                .call(6, 7, "get:list [v1,v3]")
                .call(10, 11, "get:list [v2,v1,v3]");
        assertThat(history.findings()).isEmpty();
    }

    @Test
    void addedOnAnotherNode_andMissingBeforeAnybodyChangesTheObjectAgain_isAStaleRead() {
        history.on("a")
                .call(0, 1, "add:list:v1 ok")
                .on("b")
                .call(2, 9, "add:list:v2 ok")
                .call(4, 5, "get:list [v2]")
                .call(10, 11, "get:list [v1,v2]");
        assertThat(history.findings()).containsExactly(Kind.STALE_READ);
    }

    @Test
    void lostInARush_isALostUpdate_whenAllAreThrough() {
        history.on("b").call(0, 9, "get:counter 0 add:list:v1 ok count:counter ok");
        history.call(2, 8, "get:list [] add:list:v2 ok count:counter ok");
        history.on("a").call(1, 3, "get:list [] add:list:v3 ok count:counter ok");
        history.on("b").call(4, 9, "get:list [] add:list:v4 ok count:counter ok");
        history.on("a").call(10, 11, "get:list [v3,v1,v4] get:counter 3");
        assertThat(history.findings()).containsExactly(Kind.LOST_UPDATE, Kind.LOST_UPDATE);
    }
}
