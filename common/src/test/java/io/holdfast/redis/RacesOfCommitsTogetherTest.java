package io.holdfast.redis;

import static io.holdfast.redis.Records.attributes;
import static io.holdfast.redis.Records.newRecord;
import static io.holdfast.redis.Records.newSession;
import static io.holdfast.redis.SessionStoreContract.committed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.localredis.Pause;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.CommitResult;
import io.holdfast.session.CreateResult;
import io.holdfast.session.LeaseToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Between the look and the EXEC of commits that go together: a lease is lost, a fence is broken, a waiter gives up. */
class RacesOfCommitsTogetherTest extends BusyLane {
    private static final LeaseToken OURS = new LeaseToken(1, 1);

    @Test
    void leaseOfOneOfThemIsLost_onlyThatIsNotWritten() throws Exception {
        other.leases().take(b.record(), OURS, Duration.ofMinutes(1));
        Pause joint = proxy.pauseBefore(this::isJointExec);
        List<Waiter<CommitResult>> waiters =
                together(List.of(a.put("ours", "1", 0), b.putWith(OURS, "ours", "1"), c.put("ours", "1", 0)));

        joint.awaitReached();
        fixture.redis.send("DEL", key(b) + ":lock");
        joint.release();

        assertThat(waiters.get(1).get()).isEqualTo(new CommitResult.LeaseLost());
        assertThat(attributes(other, b.record())).isEmpty();
        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(2);
    }

    /** As a sweep does that has looked at the session before it was there. */
    @Test
    void fenceOfOneOfThemIsBroken_itIsEnteredInTheIndexOnceMore() throws Exception {
        List<String> records = IntStream.range(0, 3).mapToObj(i -> newRecord()).toList();
        hold();
        List<Waiter<CreateResult>> waiters = new ArrayList<>();
        records.forEach(record -> waiters.add(new Waiter<>(() -> store.create(newSession(record, Map.of())))));
        Pause joint = proxy.pauseBefore(this::isJointExec);
        release();

        joint.awaitReached();
        String fenced = records.get(1);
        fixture.entries(fenced).forEach(entry -> fixture.redis.send("ZREM", fixture.bucket(fenced), entry));
        fixture.redis.send("HSET", fixture.key(fenced) + ":fence", "v", "0");
        fixture.redis.send("DEL", fixture.key(fenced) + ":fence");
        joint.release();

        for (Waiter<CreateResult> waiter : waiters) {
            assertThat(waiter.get()).isInstanceOf(CreateResult.Created.class);
        }
        records.forEach(record -> assertThat(fixture.entries(record)).hasSize(1));
    }

    @Test
    void waiterOfOneOfThemGivesUp_theOthersAreWritten_andTheLaneGoesOn() throws Exception {
        Pause joint = proxy.pauseBefore(this::isJointExec);
        List<Waiter<CommitResult>> waiters = together(puts());

        joint.awaitReached();
        waiters.get(1).interrupt();
        assertThatThrownBy(waiters.get(1)::get).cause().hasMessageContaining("not known");
        joint.release();

        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(2);
        Known latest = Known.of(other, b.record());
        assertThat(committed(store.commit(latest.put("more", "1", 0))).version())
                .isEqualTo(latest.version() + 1);
    }

    @Test
    void moreThanGoTogether_areWrittenInSeveral() throws Exception {
        List<Known> many = IntStream.range(0, CommitLane.MOST_TOGETHER + 3)
                .mapToObj(i -> Known.create(other, Map.of()))
                .toList();
        List<Waiter<CommitResult>> waiters =
                together(many.stream().map(known -> known.put("ours", "1", 0)).toList());

        for (Waiter<CommitResult> waiter : waiters) {
            assertThat(committed(waiter.get()).version()).isEqualTo(2);
        }
        assertThat(named("WATCH").stream().map(watch -> watch.size() - 1).toList())
                .containsExactly(CommitLane.MOST_TOGETHER, 3);
    }
}
