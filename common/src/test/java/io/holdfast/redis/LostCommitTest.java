package io.holdfast.redis;

import static io.holdfast.redis.Records.attributes;
import static io.holdfast.redis.Records.find;
import static io.holdfast.redis.Records.value;
import static io.holdfast.redis.SessionStoreContract.committed;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.Setting;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.CommitResult;
import io.holdfast.session.CommitResult.Committed;
import io.holdfast.session.Conflict;
import io.holdfast.session.SessionMetadata;
import io.holdfast.session.StoreException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that break before, behind and amid a commit: it is applied once or not at all. */
@ParameterizedClass(name = "large: {0}")
@ValueSource(booleans = {false, true})
class LostCommitTest {
    @Parameter
    boolean large;

    private final RecordingEvents events = new RecordingEvents();

    private Fixture fixture;
    private FaultProxy proxy;
    private RedisSessionStore store;
    private RedisSessionStore other;

    @BeforeEach
    void open() {
        fixture = new Fixture(large);
        proxy = fixture.proxy();
        store = fixture.store(fixture.settings(proxy.uri()), events);
        other = fixture.store();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void commit_whoseAnswerWasLost_isAppliedOnce() {
        Known known = Known.create(other, Map.of("a", value("base"))).large(large);
        other.commit(known.put("a", "theirs"));
        proxy.cutAfterSending("EXEC");

        Committed result = committed(store.commit(known.put("a", "ours")));

        assertThat(result.version()).isEqualTo(3);
        assertThat(result.conflicts()).containsExactly(new Conflict("a", 1, 2));
        assertThat(find(other, known.record()).version()).isEqualTo(3);
        assertThat(find(other, known.record()).metadata().lastCommit()).isEqualTo(result.commit());
        assertThat(events.outages).isEmpty();
    }

    @Test
    void commit_whoseExecNeverArrived_isAppliedOnce() {
        Known known = Known.create(other, Map.of()).large(large);
        proxy.cutInsteadOfSending("EXEC");

        Committed result = committed(store.commit(known.put("a", "1", 0)));

        assertThat(result.version()).isEqualTo(2);
        assertThat(find(other, known.record()).version()).isEqualTo(2);
        assertThat(attributes(other, known.record())).containsOnly(Map.entry("a", "1"));
    }

    @Test
    void commit_cutBeforeItsTransaction_startsOver() {
        Known known = Known.create(other, Map.of()).large(large);
        proxy.cutInsteadOfSending("WATCH");
        assertThat(committed(store.commit(known.put("a", "1", 0))).version()).isEqualTo(2);

        proxy.cutAfterSending("HMGET");
        assertThat(committed(store.commit(known.put("a", "2", 2))).version()).isEqualTo(3);
    }

    @Test
    void commit_cutTwiceBeforeItsTransaction_failsAndSaysThatNothingWasWritten() {
        Known known = Known.create(other, Map.of()).large(large);
        proxy.cutInsteadOfSending("WATCH");
        proxy.cutInsteadOfSending("HMGET"); // takes the second try, since the first ends at its WATCH

        assertThatThrownBy(() -> store.commit(known.put("a", "1", 0)))
                .isInstanceOfSatisfying(StoreException.class, e -> {
                    assertThat(e.isNothingDone()).isTrue();
                    assertThat(e.lostCommit()).isNull();
                })
                .hasMessageContainingAll(known.record(), "Nothing was written");
        assertThat(find(other, known.record()).version()).isEqualTo(1);
    }

    @Test
    void commit_whoseAnswerWasLost_isFoundBehindLaterCommits() throws Exception {
        Known known = Known.create(other, Map.of()).large(large);
        CompletableFuture<CommitResult> ours = commitWithLostAnswerWhile(known, () -> commitByOther(known, 3));

        assertThat(committed(ours.get(10, SECONDS)).version()).isEqualTo(2);
        assertThat(find(other, known.record()).version()).isEqualTo(5);
        assertThat(attributes(other, known.record())).containsEntry("ours", "1").containsEntry("theirs", "3");
    }

    @Test
    void commit_whoseAnswerWasLostBehindTooManyLaterCommits_failsAndSaysThatTheOutcomeIsUnknown() throws Exception {
        Known known = Known.create(other, Map.of()).large(large);
        CompletableFuture<CommitResult> ours =
                commitWithLostAnswerWhile(known, () -> commitByOther(known, SessionMetadata.REMEMBERED_COMMITS));

        assertThatThrownBy(() -> ours.get(10, SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.isNothingDone()).isFalse())
                .hasMessageContainingAll(known.record(), "not known");
    }

    @Test
    void commit_whoseAnswerDoesNotCome_tellsByWhichIdTheRecordRemembersIt() {
        Known known = Known.create(other, Map.of()).large(large);
        CompletableFuture<CommitResult> ours = commitWithLostAnswerWhile(known, proxy::down);

        assertThatThrownBy(() -> ours.get(10, SECONDS)).cause().isInstanceOfSatisfying(StoreException.class, e -> {
            assertThat(e.lostCommit())
                    .isEqualTo(find(other, known.record()).metadata().lastCommit());
            assertThat(e.lostVersion()).isEqualTo(2);
        });
        assertThat(find(other, known.record()).version()).isEqualTo(2);
    }

    @Test
    void commit_whoseAnswerWasLost_endsAsGoneWhenTheSessionWasDeletedSince() throws Exception {
        Known known = Known.create(other, Map.of()).large(large);
        CompletableFuture<CommitResult> ours =
                commitWithLostAnswerWhile(known, () -> other.end(known.record(), known.createdBy(), 0));

        assertThat(ours.get(10, SECONDS)).isEqualTo(new CommitResult.Gone());
        assertThat(fixture.exists(known.record())).isFalse();
    }

    @Test
    void commit_whoseExecArrivesLateOnTheDeadConnection_isAppliedOnce() throws Exception {
        Known known = Known.create(other, Map.of()).large(large);
        RedisSessionStore quick =
                fixture.store(fixture.settings(proxy.uri()).set(Setting.COMMAND_TIMEOUT_MILLIS, "500"), events);
        Pause lateExec = proxy.pauseBefore("EXEC");
        CompletableFuture<CommitResult> ours = inBackground(() -> quick.commit(known.put("a", "1", 0)));
        lateExec.awaitReached();
        Pause secondTry = proxy.pauseBefore("MULTI"); // on a new connection
        secondTry.awaitReached();
        lateExec.release(); // the network delivers what the client has given up
        while (find(other, known.record()).version() == 1) {
            Thread.onSpinWait();
        }
        secondTry.release();

        assertThat(committed(ours.get(10, SECONDS)).version()).isEqualTo(2);
        assertThat(find(other, known.record()).version()).isEqualTo(2);
    }

    /** Commits "ours", whose answer is lost; its second look waits until the others are through. */
    private CompletableFuture<CommitResult> commitWithLostAnswerWhile(Known known, Runnable others) {
        proxy.cutAfterSending("EXEC");
        Pause firstLook = proxy.pauseBefore("WATCH");
        CompletableFuture<CommitResult> ours = inBackground(() -> store.commit(known.put("ours", "1", 0)));
        firstLook.awaitReached();
        Pause secondLook = proxy.pauseBefore("WATCH");
        firstLook.release();
        secondLook.awaitReached();
        others.run();
        secondLook.release();
        return ours;
    }

    private void commitByOther(Known known, int times) {
        for (int i = 1; i <= times; i++) {
            other.commit(Known.of(other, known.record()).large(large).put("theirs", String.valueOf(i)));
        }
    }

    private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task, "committer").start());
    }
}
