package io.holdfast.redis;

import static io.holdfast.redis.Records.attributes;
import static io.holdfast.redis.SessionStoreContract.committed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.Setting;
import io.holdfast.localredis.Cut;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.Tamper;
import io.holdfast.session.CommitContentionException;
import io.holdfast.session.CommitResult;
import io.holdfast.session.Writer;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Other nodes have written to some of the records whose commits go together, so these look closer; what other nodes, the connection, Redis and
 * the waiters do in between.
 */
class CloserLooksTogetherTest extends BusyLane {
    @BeforeEach
    void othersWrite() {
        other.commit(b.put("theirs", "2", 0));
        other.commit(c.put("ours", "2", 0));
    }

    @Test
    void allAreWrittenTogether_behindOneWatch() throws Exception {
        List<Waiter<CommitResult>> waiters = together(puts());

        assertAllAreCommitted(waiters);
        assertThat(committed(waiters.get(1).get()).overwritten()).isEmpty();
        assertThat(committed(waiters.get(2).get()).overwritten())
                .extracting(found -> found.conflict().attribute())
                .containsExactly("ours");
        assertThat(attributes(other, b.record())).containsEntry("theirs", "2");
        assertThat(named("WATCH")).containsExactly(List.of("WATCH", key(a), key(b), key(c)));
        assertThat(named("EXEC")).as("the one before, all").hasSize(2);
        assertThat(commands.stream().filter(this::isCloserLook)).hasSize(2);
        assertThat(events.retries).isEmpty();
    }

    @Test
    void oneIsUndecided_onlyTheOthersAreWritten() throws Exception {
        List<Waiter<CommitResult>> waiters = together(
                List.of(a.put("ours", "1", 0), b.put("ours", "1", 0), c.putUndecided("ours", "1", Writer.UNKNOWN)));

        assertThat(waiters.get(2).get()).isInstanceOf(CommitResult.Undecided.class);
        assertThat(attributes(other, c.record())).containsEntry("ours", "2");
        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(1).get()).version()).isEqualTo(3);
    }

    @Test
    void anotherNodeCommitsOneOfThemMeanwhile_allLookAgain() throws Exception {
        Pause closer = proxy.pauseBefore(this::isCloserLook);
        List<Waiter<CommitResult>> waiters = together(puts());

        closer.awaitReached();
        other.commit(b.put("more", "2", 0));
        closer.release();

        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(1).get()).version()).isEqualTo(4);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(3);
        assertAllHaveOurs();
        assertThat(attributes(other, b.record())).containsEntry("more", "2");
        assertThat(events.retries).as("only of the one that was overtaken").containsExactly(1);
    }

    @Test
    void anotherNodeCommitsOneOfThemTwice_itHoldsUpNobodyAnyMore() throws Exception {
        Pause first = proxy.pauseBefore(this::isJointExec);
        List<Waiter<CommitResult>> waiters = together(puts());
        first.awaitReached();
        other.commit(b.put("more", "2", 0));
        Pause second = proxy.pauseBefore(this::isJointExec);
        first.release();
        second.awaitReached();
        other.commit(b.put("more", "3", 0));
        second.release();

        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(1).get()).version()).isEqualTo(5);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(3);
        assertAllHaveOurs();
        assertThat(named("WATCH").stream().map(watch -> watch.size() - 1).toList())
                .as("all three times, then the one that was overtaken")
                .containsExactly(3, 3, 3, 1);
        assertThat(events.retries).containsExactly(1, 2);
    }

    @Test
    void anotherNodeEndsOneOfThemMeanwhile_itIsGone_andTheOthersAreWritten() throws Exception {
        Pause closer = proxy.pauseBefore(this::isCloserLook);
        List<Waiter<CommitResult>> waiters = together(puts());

        closer.awaitReached();
        other.end(a.record(), a.createdBy(), 0);
        closer.release();

        assertThat(waiters.get(0).get()).isEqualTo(new CommitResult.Gone());
        assertThat(fixture.exists(a.record())).isFalse();
        assertThat(committed(waiters.get(1).get()).version()).isEqualTo(3);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(3);
    }

    @Test
    void waitersGiveUpMeanwhile_nothingOfTheirsIsWritten() throws Exception {
        Pause closer = proxy.pauseBefore(this::isCloserLook);
        List<Waiter<CommitResult>> waiters = together(puts());

        closer.awaitReached();
        for (Waiter<CommitResult> waiter : waiters.subList(0, 2)) { // one that has decided, one that looks closer
            waiter.interrupt();
            assertThatThrownBy(waiter::get).cause().hasMessageContaining("Nothing was written");
        }
        closer.release();

        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(3);
        assertThat(attributes(other, a.record())).isEmpty();
        assertThat(attributes(other, b.record())).containsOnlyKeys("theirs");
    }

    @Test
    void connectionIsLostMeanwhile_eachIsWritten() throws Exception {
        Cut cut = proxy.cutInsteadOfSending(this::isCloserLook);
        List<Waiter<CommitResult>> waiters = together(puts());

        cut.awaitDone();

        assertAllAreCommitted(waiters);
    }

    @Test
    void redisIsSilentMeanwhile_nothingIsWritten() throws Exception {
        store = fixture.store(
                fixture.settings(proxy.uri()).set(Setting.COMMIT_LANES, "1").set(Setting.COMMAND_TIMEOUT_MILLIS, "500"),
                events);
        Pause closer = proxy.pauseBefore(this::isCloserLook);
        List<Waiter<CommitResult>> waiters = together(puts());
        closer.awaitReached();

        for (Waiter<CommitResult> waiter : waiters) {
            assertThatThrownBy(waiter::get).cause().hasMessageContaining("Nothing was written");
        }
        closer.release();
        assertThat(attributes(other, a.record())).isEmpty();
        assertThat(attributes(other, b.record())).containsOnlyKeys("theirs");
        assertThat(attributes(other, c.record())).containsEntry("ours", "2");
    }

    @Test
    void redisRefusesOneOfTheCloserLooks_onlyThatFails() throws Exception {
        proxy.tamper(new Tamper() {
            @Override
            public List<String> command(List<String> command) {
                return isCloserLook(command) && command.get(1).equals(key(b)) ? List.of("HMGET", key(b)) : command;
            }
        });
        List<Waiter<CommitResult>> waiters = together(puts());

        assertRefused(waiters.get(1), "HMGET");
        assertThat(attributes(other, b.record())).containsOnlyKeys("theirs");
        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(3);
    }

    @Test
    void oneIsOvertakenInItsLastAttempt_onlyThatFails() throws Exception {
        store = fixture.store(
                fixture.settings(proxy.uri()).set(Setting.COMMIT_LANES, "1").set(Setting.COMMIT_ATTEMPTS, "1"), events);
        Pause joint = proxy.pauseBefore(this::isJointExec);
        List<Waiter<CommitResult>> waiters = together(puts());

        joint.awaitReached();
        other.commit(a.put("theirs", "2", 0));
        joint.release();

        assertThatThrownBy(waiters.get(0)::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CommitContentionException.class);
        assertThat(attributes(other, a.record())).containsOnlyKeys("theirs");
        assertThat(committed(waiters.get(1).get()).version()).isEqualTo(3);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(3);
    }

    private void assertAllAreCommitted(List<Waiter<CommitResult>> waiters) throws Exception {
        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(1).get()).version()).isEqualTo(3);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(3);
        assertAllHaveOurs();
    }

    private boolean isCloserLook(List<String> command) {
        return command.get(0).equals("HMGET")
                && Stream.of(b, c).anyMatch(known -> command.equals(List.of("HMGET", key(known), "@ours")));
    }
}
