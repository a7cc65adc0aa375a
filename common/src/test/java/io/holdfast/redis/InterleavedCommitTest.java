package io.holdfast.redis;

import static io.holdfast.redis.Records.HALF_AN_HOUR;
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
import io.holdfast.session.CommitContentionException;
import io.holdfast.session.CommitResult;
import io.holdfast.session.CommitResult.Committed;
import io.holdfast.session.Conflict;
import io.holdfast.session.CreateResult;
import io.holdfast.session.EndResult;
import io.holdfast.session.LoadResult;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.SecretHash;
import io.holdfast.session.SessionDelta;
import io.holdfast.session.SessionSnapshot;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What happens when somebody else gets in between a commit's look and its transaction. The proxy holds the commit's MULTI,
 * and everything behind it, until the other is through.
 */
@ParameterizedClass(name = "large: {0}")
@ValueSource(booleans = {false, true})
class InterleavedCommitTest {
    @Parameter
    boolean large;

    private final RecordingEvents events = new RecordingEvents();

    private Fixture fixture;
    private FaultProxy proxy;
    private RedisSessionStore overtaken;
    private RedisSessionStore other;

    @BeforeEach
    void open() {
        fixture = new Fixture(large);
        proxy = fixture.proxy();
        overtaken = fixture.store(fixture.settings(proxy.uri()), events);
        other = fixture.store();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void otherAttributeCommittedInBetween_keepsBothAfterOneRetry() throws Exception {
        Known known = Known.create(other, Map.of()).large(large);

        Committed result =
                committed(whileHeld(known.put("ours", "1", 0), () -> other.commit(known.put("theirs", "2", 0))));

        assertThat(result.version()).isEqualTo(3);
        assertThat(result.conflicts()).isEmpty();
        assertThat(events.retries).containsExactly(1);
        assertThat(attributes(other, known.record())).containsOnly(Map.entry("ours", "1"), Map.entry("theirs", "2"));
    }

    @Test
    void sameAttributeCommittedInBetween_reportsTheConflictAndOursWins() throws Exception {
        Known known = Known.create(other, Map.of("a", value("base"))).large(large);

        Committed result = committed(whileHeld(known.put("a", "ours"), () -> other.commit(known.put("a", "theirs"))));

        assertThat(result.conflicts()).containsExactly(new Conflict("a", 1, 2));
        assertThat(attributes(other, known.record())).containsOnly(Map.entry("a", "ours"));
        assertThat(find(other, known.record()).attributes().get("a").version()).isEqualTo(3);
    }

    @Test
    void touchInBetween_isRetriedAndCommitted() throws Exception {
        Known known = Known.create(other, Map.of()).large(large);

        Committed result = committed(whileHeld(known.put("a", "1"), () -> {
            other.touch(known.record());
            Fixture.awaitLane(other, known.record());
            return other.load(known.record());
        }));

        assertThat(result.version()).isEqualTo(2);
        assertThat(events.retries).containsExactly(1);
    }

    @Test
    void deleteInBetween_reportsGoneAndTheKeyStaysAbsent() throws Exception {
        Known known = Known.create(other, Map.of()).large(large);

        CommitResult result = whileHeld(known.put("a", "1"), () -> other.end(known.record(), known.createdBy(), 0));

        assertThat(result).isEqualTo(new CommitResult.Gone());
        assertThat(fixture.exists(known.record())).isFalse();
    }

    @Test
    void deleteAndNewSessionInBetween_reportsGoneAndLeavesTheNewOneAlone() throws Exception {
        Known known = Known.create(other, Map.of()).large(large);

        CommitResult result = whileHeld(known.put("a", "old"), () -> {
            other.end(known.record(), known.createdBy(), 0);
            return other.create(Records.newSession(known.record(), Map.of("a", value("new"))));
        });

        assertThat(result).isEqualTo(new CommitResult.Gone());
        assertThat(attributes(other, known.record())).containsOnly(Map.entry("a", "new"));
    }

    @Test
    void idChangeInBetween_keepsTheWriteAndTheNewSecret() throws Exception {
        Known known = Known.create(other, Map.of()).large(large);
        SecretHash newSecret = SecretHash.of("after login");

        Committed result = committed(whileHeld(
                known.put("a", "1"), () -> other.commit(known.metadata(new MetadataChange(null, newSecret)))));

        SessionSnapshot found = find(other, known.record());
        assertThat(result.version()).isEqualTo(3);
        assertThat(found.metadata().secretHash()).isEqualTo(newSecret);
        assertThat(found.attributes()).containsKey("a");
    }

    @Test
    void idChangeThatIsOvertakenByAnother_isTheLaterOne_andCounts() throws Exception {
        Known known = Known.create(other, Map.of("a", value("1"))).large(large);
        SecretHash ours = SecretHash.of("ours");
        SecretHash theirs = SecretHash.of("theirs");

        committed(whileHeld(
                known.metadata(new MetadataChange(null, ours)),
                () -> other.commit(known.metadata(new MetadataChange(null, theirs)))));

        SessionSnapshot found = find(other, known.record());
        assertThat(found.metadata().secretHash()).isEqualTo(ours);
        assertThat(found.version()).isEqualTo(3);
        assertThat(attributes(other, known.record())).containsOnly(Map.entry("a", "1"));
    }

    @Test
    void expiryInBetween_reportsGone() throws Exception {
        Known known = Known.create(other, Map.of()).large(large);

        CommitResult result = whileHeld(known.put("a", "1"), () -> {
            fixture.letExpire(known.record());
            return true;
        });

        assertThat(result).isEqualTo(new CommitResult.Gone());
        assertThat(fixture.exists(known.record())).isFalse();
    }

    @Test
    void commitBetweenLookAndCloserLook_isRetriedWithTheNewestState() throws Exception {
        Known known = Known.create(other, Map.of("a", value("base"))).large(large);
        other.commit(known.put("a", "second"));
        Pause beforeCloserLook = proxy.pauseBefore(command -> command.get(0).equals("HMGET") && command.contains("@a"));

        CompletableFuture<CommitResult> ours = inBackground(() -> overtaken.commit(known.put("a", "ours")));
        beforeCloserLook.awaitReached();
        other.commit(Known.of(other, known.record()).large(large).put("a", "third"));
        beforeCloserLook.release();

        assertThat(committed(ours.get(10, SECONDS)).conflicts()).containsExactly(new Conflict("a", 1, 3));
        assertThat(events.retries).containsExactly(1);
    }

    @Test
    void createInBetween_reportsExists() throws Exception {
        String record = Records.newRecord();
        Pause pause = proxy.pauseBefore("HSET");

        CompletableFuture<CreateResult> ours =
                inBackground(() -> overtaken.create(Records.newSession(record, Map.of("a", value("ours")))));
        pause.awaitReached();
        other.create(Records.newSession(record, Map.of("a", value("theirs"))));
        pause.release();

        assertThat(ours.get(10, SECONDS)).isEqualTo(new CreateResult.Exists());
        assertThat(attributes(other, record)).containsOnly(Map.entry("a", "theirs"));
    }

    @Test
    void leaseByTwoNodes_isGivenToOne() throws Exception {
        Known known = Known.create(other, Map.of()).large(large);
        fixture.letEnd(known.record());
        Pause pause = proxy.pauseBefore("RENAME");

        CompletableFuture<EndResult> ours = inBackground(() -> overtaken.ends().lease(known.record()));
        pause.awaitReached();
        EndResult theirs = other.ends().lease(known.record());
        pause.release();

        assertThat(theirs).isInstanceOf(EndResult.Leased.class);
        assertThat(ours.get(10, SECONDS)).isEqualTo(new EndResult.Absent());
    }

    @Test
    void touchWithALookInTimeAndAnExecInTheMomentOfLeasing_savesTheSession() throws Exception {
        Known known = Known.create(other, Map.of()).large(large);
        fixture.letEnd(known.record());
        Pause pause = proxy.pauseBefore("RENAME");

        CompletableFuture<EndResult> ours = inBackground(() -> overtaken.ends().lease(known.record()));
        pause.awaitReached();
        fixture.redis.send("PEXPIRE", fixture.key(known.record()), HALF_AN_HOUR * 1_000);
        pause.release();

        assertThat(ours.get(10, SECONDS)).isEqualTo(new EndResult.Alive());
        assertThat(other.load(known.record())).isInstanceOf(LoadResult.Found.class);
    }

    @Test
    void touchThatLooksInTheMomentOfLeasing_isTooLate() throws Exception {
        Known known = Known.create(other, Map.of()).large(large);
        fixture.letEnd(known.record());
        Pause pause = proxy.pauseBefore("RENAME");

        CompletableFuture<EndResult> ours = inBackground(() -> overtaken.ends().lease(known.record()));
        pause.awaitReached();
        other.touch(known.record());
        Fixture.awaitLane(other, known.record());
        pause.release();

        assertThat(ours.get(10, SECONDS)).isInstanceOf(EndResult.Leased.class);
    }

    @Test
    void overtakenOnEveryAttempt_failsAndSaysWhatToDo() throws Exception {
        Known known = Known.create(other, Map.of()).large(large);
        RedisSessionStore impatient =
                fixture.store(fixture.settings(proxy.uri()).set(Setting.COMMIT_ATTEMPTS, "2"), events);
        Pause first = proxy.pauseBefore("MULTI");

        CompletableFuture<CommitResult> ours = inBackground(() -> impatient.commit(known.put("a", "ours")));
        first.awaitReached();
        other.commit(known.put("b", "1", 0));
        Pause second = proxy.pauseBefore("MULTI");
        first.release();
        second.awaitReached();
        other.commit(Known.of(other, known.record()).large(large).put("b", "2"));
        second.release();

        assertThatThrownBy(() -> ours.get(10, SECONDS))
                .cause()
                .isInstanceOf(CommitContentionException.class)
                .hasMessageContainingAll(known.record(), "2 attempts", "commitAttempts", "Nothing was written");
        assertThat(attributes(other, known.record())).containsOnly(Map.entry("b", "2"));
        assertThat(events.retries).containsExactly(1, 2);
    }

    /** Commits through the proxy; as soon as the commit has looked and is about to write, the other does its work. */
    private CommitResult whileHeld(SessionDelta delta, Supplier<?> otherWork) throws Exception {
        Pause pause = proxy.pauseBefore("MULTI");
        CompletableFuture<CommitResult> ours = inBackground(() -> overtaken.commit(delta));
        pause.awaitReached();
        var unused = otherWork.get();
        pause.release();
        return ours.get(10, SECONDS);
    }

    private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task, "committer").start());
    }
}
