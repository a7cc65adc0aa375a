package io.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A copy is an earlier state of a record if the record remembers the copy's commits where they have to be. */
class KnownCopyTest {
    @Test
    void sameVersionAndCommits_isItsState() {
        KnownCopy copy = copy(3, 3, 2, 1);

        assertThat(copy.isStateOf(3, record(3, 2, 1))).isTrue();
        assertThat(copy.isWhole()).isTrue();
    }

    @Test
    void commitsBehindIt_makeItAnEarlierState() {
        KnownCopy copy = copy(3, 3, 2, 1);

        assertThat(copy.isStateOf(5, record(5, 4, 3, 2, 1))).isTrue();
    }

    @Test
    void commitAtAnotherPlace_doesNot() {
        assertThat(copy(3, 3, 2, 1).isStateOf(6, record(5, 4, 3, 2, 1))).isFalse();
        assertThat(copy(3, 3, 2, 1).isStateOf(4, record(5, 4, 3, 2, 1))).isFalse();
    }

    @Test
    void anotherCommitInItsPlace_doesNot() {
        assertThat(copy(3, 3, 2, 1).isStateOf(3, record(30, 2, 1))).isFalse();
        assertThat(copy(3, 3, 2, 1).isStateOf(4, record(4, 30, 2, 1))).isFalse();
    }

    @Test
    void anotherCommitBeforeIt_doesNot() {
        assertThat(copy(3, 3, 2, 1).isStateOf(4, record(4, 3, 20, 1))).isFalse();
    }

    @Test
    void newerThanTheRecord_isNoState() {
        assertThat(copy(3, 3, 2, 1).isStateOf(2, record(2, 1))).isFalse();
    }

    @Test
    void forgottenByTheRecord_isNoState() {
        KnownCopy copy = copy(3, 3, 2, 1);

        assertThat(copy.isStateOf(10, record(10, 9, 8, 7, 6, 5, 4, 3))).isTrue();
        assertThat(copy.isStateOf(11, record(11, 10, 9, 8, 7, 6, 5, 4))).isFalse();
        assertThat(copy.isStateOf(Long.MAX_VALUE, record(11, 10, 9, 8, 7, 6, 5, 4)))
                .isFalse();
    }

    @Test
    void commitsThatOnlyOneOfThemRemembers_doNotMatter() {
        assertThat(copy(9, 9, 8, 7, 6, 5, 4, 3, 2).isStateOf(10, record(10, 9, 8, 7, 6, 5, 4, 3)))
                .isTrue();
    }

    @Test
    void commitsOfWhichItHoldsAPart_haveToBeThere() {
        KnownCopy copy = new KnownCopy(3, record(3, 2, 1), ids(5), 1);

        assertThat(copy.isStateOf(6, record(6, 5, 4, 3, 2, 1))).isTrue();
        assertThat(copy.isStateOf(5, record(6, 4, 3, 2, 1))).isFalse();
        assertThat(copy.isWhole()).isFalse();
    }

    private static KnownCopy copy(long version, int... commits) {
        return new KnownCopy(version, record(commits), 1);
    }

    private static SessionMetadata record(int... commits) {
        return new SessionMetadata(0, new CommitId(1, 1), 60, SecretHash.of("secret"), ids(commits), List.of());
    }

    private static List<CommitId> ids(int... commits) {
        return IntStream.of(commits).mapToObj(commit -> new CommitId(7, commit)).toList();
    }
}
