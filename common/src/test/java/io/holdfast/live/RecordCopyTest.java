package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.session.CommitId;
import io.holdfast.session.CommitResult;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.SecretHash;
import io.holdfast.session.SessionDelta;
import io.holdfast.session.SessionMetadata;
import io.holdfast.session.SessionSnapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a node knows of a record. */
class RecordCopyTest {
    private static final SecretHash HASH = SecretHash.of("secret");
    private static final CommitId CREATION = new CommitId(1, 1);

    /** As of a request that runs for hours, or a thread, without a refresh. */
    @Test
    void commitsOnTopOfOthers_areRememberedWithinBounds() {
        RecordCopy copy = new RecordCopy(HASH, 1_800);
        SessionMetadata created = new SessionMetadata(0, CREATION, 1_800, HASH, List.of(CREATION), List.of());
        copy.take(new SessionSnapshot(1, created, Map.of(), Map.of(), 0));
        SessionDelta delta = new SessionDelta("record", CREATION, 1, Map.of(), Map.of(), MetadataChange.NONE);

        for (int i = 2; i < 1_000; i++) {
            copy.committed(
                    new CommitResult.Committed(2L * i, new CommitId(1, i), List.of(new CommitId(2, i)), List.of()),
                    delta);
        }

        assertThat(copy.known(0).ahead()).hasSize(SessionMetadata.REMEMBERED_COMMITS + 1);
        assertThat(copy.known(0).isStateOf(1, created)).isFalse();
        assertThat(copy.known(0).version()).isEqualTo(1);
    }

    /** Redis has lost what came before the last commit, which was made once more on top of something else, with an id changed. */
    @Test
    void commitOnTopOfTheSameOneWithAnotherHistory_doesNotMakeTheCopyWhole() {
        CommitId lost = new CommitId(1, 2);
        CommitId other = new CommitId(2, 2);
        CommitId last = new CommitId(1, 3);

        assertThat(isWholeBehind(List.of(last, lost, CREATION), List.of(last, other, CREATION)))
                .isFalse();
        assertThat(isWholeBehind(List.of(last, lost, CREATION), List.of(last, lost, CREATION)))
                .isTrue();
        assertThat(isWholeBehind(List.of(last, lost, CREATION), List.of(last))).isTrue();
        assertThat(isWholeBehind(List.of(last, lost, CREATION), List.of())).isFalse();
    }

    /** A copy with these commits, when this node commits and the record has those before. */
    private static boolean isWholeBehind(List<CommitId> known, List<CommitId> before) {
        RecordCopy copy = new RecordCopy(HASH, 1_800);
        SessionMetadata metadata = new SessionMetadata(0, CREATION, 1_800, HASH, known, List.of());
        copy.take(new SessionSnapshot(3, metadata, Map.of(), Map.of(), 0));
        SessionDelta delta = new SessionDelta("record", CREATION, 3, Map.of(), Map.of(), MetadataChange.NONE);

        copy.committed(new CommitResult.Committed(4, new CommitId(1, 4), before, List.of()), delta);

        return copy.known(0).isWhole();
    }
}
