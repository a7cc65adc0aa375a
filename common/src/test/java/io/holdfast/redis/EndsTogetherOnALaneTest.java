package io.holdfast.redis;

import static io.holdfast.redis.SessionStoreContract.committed;
import static io.holdfast.redis.SessionStoreContract.leased;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.Cut;
import io.holdfast.localredis.Pause;
import io.holdfast.session.CommitResult;
import io.holdfast.session.EndResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small sessions that are ended go together with commits of others that wait for the same lane. */
class EndsTogetherOnALaneTest extends BusyLane {
    private Waiter<CommitResult> commit;
    private Waiter<EndResult> end;

    @Test
    void smallSession_endsInTheSameTransaction() throws Exception {
        commitAndEnd();

        assertIsCommitted();
        assertIsEndedHere();
        assertThat(named("WATCH")).containsExactly(List.of("WATCH", key(a), key(b), key(b) + ":fence"));
        assertThat(named("EXEC")).as("the one before, ours").hasSize(2);
    }

    @Test
    void anotherNodeEndsItFirst_itsEndIsNotOurs_andTheOtherIsWritten() throws Exception {
        Pause joint = proxy.pauseBefore(this::isJointExec);
        commitAndEnd();

        joint.awaitReached();
        leased(other.end(b.record(), b.createdBy(), 0));
        joint.release();

        assertIsCommitted();
        assertThat(end.get()).isEqualTo(new EndResult.Absent());
    }

    @Test
    void anotherNodeCommitsIt_listenersSeeThat() throws Exception {
        Pause joint = proxy.pauseBefore(this::isJointExec);
        commitAndEnd();

        joint.awaitReached();
        other.commit(b.put("theirs", "2", 0));
        joint.release();

        assertIsCommitted();
        assertThat(leased(end.get()).snapshot().attributes()).containsKey("theirs");
    }

    @Test
    void answerLostBehindTheExec_itsEndIsOurs() throws Exception {
        Cut cut = proxy.cutAfterSending(this::isJointExec);
        commitAndEnd();

        cut.awaitDone();

        assertIsCommitted();
        assertIsEndedHere();
        assertThat(named("RENAME")).as("sent once").hasSize(1);
    }

    @Test
    void connectionLostBeforeTheExec_isEndedOnce() throws Exception {
        Cut cut = proxy.cutInsteadOfSending(this::isJointExec);
        commitAndEnd();

        cut.awaitDone();

        assertIsCommitted();
        assertIsEndedHere();
    }

    private void commitAndEnd() throws Exception {
        hold();
        commit = new Waiter<>(() -> store.commit(a.put("ours", "1", 0)));
        end = new Waiter<>(() -> store.end(b.record(), b.createdBy(), 0));
        release();
    }

    private void assertIsCommitted() throws Exception {
        assertThat(committed(commit.get()).version()).isEqualTo(2);
    }

    private void assertIsEndedHere() throws Exception {
        assertThat(leased(end.get()).createdBy()).isEqualTo(b.createdBy());
        assertThat(fixture.exists(b.record())).isFalse();
    }
}
