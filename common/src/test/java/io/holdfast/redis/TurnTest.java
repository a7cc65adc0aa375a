package io.holdfast.redis;

import static io.holdfast.redis.Records.attributes;
import static io.holdfast.redis.Records.find;
import static io.holdfast.redis.Records.value;
import static io.holdfast.redis.SessionStoreContract.committed;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Setting;
import io.holdfast.localredis.Cut;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.TestRedis;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.CommitResult;
import io.holdfast.session.CommitResult.Undecided;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.SecretHash;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A commit that has to merge can ask others to let it go first, so that it is not overtaken for ever. */
@ParameterizedClass(name = "large: {0}")
@ValueSource(booleans = {false, true})
class TurnTest {
    @Parameter
    boolean large;

    private Fixture fixture;
    private FaultProxy proxy;
    private RedisSessionStore far;
    private RedisSessionStore near;

    @BeforeEach
    void open() {
        fixture = new Fixture(large);
        proxy = fixture.proxy();
        far = fixture.store(fixture.settings(proxy.uri()), new RecordingEvents());
        near = fixture.store();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void commitsOfOtherNodes_waitForTheOneWhoseTurnItIs() throws Exception {
        Known known = Known.create(near, Map.of("a", value("0"))).large(large);
        takeTurn(near, known);
        Known now = Known.of(far, known.record()).large(large);

        Pause firstLook = proxy.pauseBefore("HMGET");
        CompletableFuture<CommitResult> waiting =
                CompletableFuture.supplyAsync(() -> far.commit(now.put("a", "after")));
        firstLook.awaitReached();
        Pause secondLook = proxy.pauseBefore("HMGET");
        firstLook.release();
        secondLook.awaitReached();
        assertThat(committed(near.commit(now.put("a", "first"))).version()).isEqualTo(3);
        secondLook.release();

        assertThat(committed(waiting.get(10, SECONDS)).version()).isEqualTo(4);
        assertThat(isSomebodysTurn(known)).isFalse();
    }

    @Test
    void turnOfANodeThatIsGone_holdsNobodyUpForGood() {
        Known known = Known.create(near, Map.of("a", value("0"))).large(large);
        fixture.redis.send("HSET", fixture.key(known.record()), "t", "0123456789abcdef-1");

        assertThat(committed(near.commit(known.put("a", "1"))).version()).isEqualTo(2);

        assertThat(isSomebodysTurn(known)).isFalse();
    }

    @Test
    void turnOfANodeThatIsGone_holdsNobodyUpForGood_withTheShortestTimeOut() {
        RedisSessionStore hasty = fixture.store(
                fixture.settings(TestRedis.shared().uri()).set(Setting.COMMAND_TIMEOUT_MILLIS, "100"),
                new RecordingEvents());
        Known known = Known.create(hasty, Map.of("a", value("0"))).large(large);
        fixture.redis.send("HSET", fixture.key(known.record()), "t", "0123456789abcdef-1");

        assertThat(committed(hasty.commit(known.put("a", "1"))).version()).isEqualTo(2);
    }

    @Test
    void newId_doesNotWait() {
        Known known = Known.create(near, Map.of()).large(large);
        fixture.redis.send("HSET", fixture.key(known.record()), "t", "0123456789abcdef-1");
        MetadataChange newId = new MetadataChange(null, SecretHash.of("f".repeat(32)));

        committed(near.commit(known.metadata(newId)));

        assertThat(isSomebodysTurn(known)).isTrue();
    }

    @Test
    void turnIsNoPartOfTheSession() {
        Known known = Known.create(near, Map.of("a", value("0"))).large(large);

        takeTurn(near, known);

        assertThat(attributes(far, known.record())).containsOnly(Map.entry("a", "theirs"));
        assertThat(find(far, known.record()).version()).isEqualTo(2);
    }

    @Test
    void sessionThatEndsBeforeTheTurnIsTaken_staysEnded() throws Exception {
        Known known = Known.create(near, Map.of("a", value("0"))).large(large);
        CommitResult result = askForTurnBehind(known, () -> near.end(known.record(), known.createdBy(), 0));

        assertThat(result).as("as if it had been removed").isInstanceOf(Undecided.class);
        assertThat(fixture.exists(known.record())).isFalse();
    }

    @Test
    void sessionWhoseTimeIsOverBeforeTheTurnIsTaken_staysOver() throws Exception {
        Known known = Known.create(near, Map.of("a", value("0"))).large(large);
        long grace = Fixture.GRACE_SECONDS * 1_000L;
        CommitResult result =
                askForTurnBehind(known, () -> fixture.redis.send("PEXPIRE", fixture.key(known.record()), grace - 1));

        assertThat(result).isInstanceOf(Undecided.class);
        assertThat(fixture.redis.send("PTTL", fixture.key(known.record())).number())
                .isLessThan(grace);
        assertThat(far.commit(known.putInTurn("a", "ours"))).isEqualTo(new CommitResult.Gone());
    }

    @Test
    void sessionThatEndsBehindTheTurn_staysEnded() {
        Known known = Known.create(near, Map.of("a", value("0"))).large(large);
        takeTurn(near, known);
        Known now = Known.of(near, known.record()).large(large);

        far.end(known.record(), known.createdBy(), 0);

        assertThat(near.commit(now.put("a", "merged"))).isEqualTo(new CommitResult.Gone());
        assertThat(fixture.exists(known.record())).isFalse();
    }

    @Test
    void idThatIsChangedBehindTheTurn_isKept() {
        Known known = Known.create(near, Map.of("a", value("0"))).large(large);
        takeTurn(near, known);
        Known now = Known.of(near, known.record()).large(large);
        SecretHash newId = SecretHash.of("f".repeat(32));

        committed(far.commit(now.metadata(new MetadataChange(null, newId))));
        committed(near.commit(now.put("a", "merged")));

        assertThat(find(far, known.record()).metadata().secretHash()).isEqualTo(newId);
        assertThat(attributes(far, known.record())).containsOnly(Map.entry("a", "merged"));
        assertThat(isSomebodysTurn(known)).isFalse();
    }

    @Test
    void turnOnAConnectionThatIsLost_isTakenAllTheSame() {
        Known known = Known.create(near, Map.of("a", value("0"))).large(large);
        near.commit(known.put("a", "theirs"));
        Cut cut = proxy.cutAfterSending("EVAL");

        assertThat(far.commit(known.putInTurn("a", "ours"))).isInstanceOf(Undecided.class);

        cut.awaitDone();
        assertThat(isSomebodysTurn(known)).isTrue();
        assertThat(attributes(near, known.record())).containsOnly(Map.entry("a", "theirs"));
    }

    /** However quick others are: what takes the turn needs no transaction. */
    @Test
    void othersThatCommitBeforeEachStep_doNotKeepItFromTheTurn() throws Exception {
        Known known = Known.create(near, Map.of("a", value("0"))).large(large);
        CommitResult result = askForTurnBehind(
                known, () -> near.commit(Known.of(near, known.record()).put("a", "theirs again")));

        assertThat(result).isInstanceOf(Undecided.class);
        assertThat(isSomebodysTurn(known)).isTrue();
    }

    @Test
    void anotherNodeTakesTheTurnFirst_itStaysTheirs() throws Exception {
        Known known = Known.create(near, Map.of("a", value("0"))).large(large);
        AtomicReference<String> theirs = new AtomicReference<>();
        CommitResult result = askForTurnBehind(known, () -> {
            near.commit(known.putInTurn("a", "theirs too"));
            theirs.set(turn(known));
        });

        assertThat(result).isInstanceOf(Undecided.class);
        assertThat(turn(known)).isEqualTo(theirs.get());
    }

    @Test
    void turnOfANodeThatIsGone_isTakenOver() {
        Known known = Known.create(near, Map.of("a", value("0"))).large(large);
        far.commit(known.put("a", "theirs"));
        fixture.redis.send("HSET", fixture.key(known.record()), "t", "0123456789abcdef-1");

        assertThat(near.commit(known.putInTurn("a", "ours"))).isInstanceOf(Undecided.class);

        assertThat(turn(known)).isNotEqualTo("0123456789abcdef-1");
    }

    /** Its own turn overtakes it once. */
    @Test
    void nothingToDecideAfterAll_isWritten_andLeavesNobodysTurn() {
        Known known = Known.create(near, Map.of("a", value("0"))).large(large);
        far.commit(known.put("b", "theirs", 0));

        assertThat(committed(near.commit(known.putInTurn("a", "ours"))).version())
                .isEqualTo(3);

        assertThat(attributes(far, known.record())).containsOnly(Map.entry("a", "ours"), Map.entry("b", "theirs"));
        assertThat(isSomebodysTurn(known)).isFalse();
    }

    @Test
    void takingATurn_setsTheTimeToLive_asATouchThatItOvertakesWouldHave() {
        Known known = Known.create(near, Map.of("a", value("0"))).large(large);
        far.commit(known.put("a", "theirs"));
        long full = fixture.redis.send("PTTL", fixture.key(known.record())).number();
        fixture.redis.send("PEXPIRE", fixture.key(known.record()), full - 60_000);

        assertThat(near.commit(known.putInTurn("a", "ours"))).isInstanceOf(Undecided.class);

        assertThat(fixture.redis.send("PTTL", fixture.key(known.record())).number())
                .isGreaterThan(full - 30_000);
    }

    /** {@code far} asks for its turn, to merge what somebody else has written; {@code meanwhile} happens right before it is taken. */
    private CommitResult askForTurnBehind(Known known, Runnable meanwhile) throws Exception {
        near.commit(known.put("a", "theirs"));
        Pause take = proxy.pauseBefore("EVAL");
        CompletableFuture<CommitResult> asking =
                CompletableFuture.supplyAsync(() -> far.commit(known.putInTurn("a", "ours")));
        take.awaitReached();
        meanwhile.run();
        take.release();
        return asking.get(10, SECONDS);
    }

    /** Version 2 holds something that {@code store} has to decide on, and it is its turn. */
    private void takeTurn(RedisSessionStore store, Known known) {
        far.commit(known.put("a", "theirs"));
        assertThat(store.commit(known.putInTurn("a", "ours"))).isInstanceOf(Undecided.class);
        assertThat(isSomebodysTurn(known)).isTrue();
    }

    private String turn(Known known) {
        return fixture.redis.send("HGET", fixture.key(known.record()), "t").text();
    }

    private boolean isSomebodysTurn(Known known) {
        return fixture.redis.send("HEXISTS", fixture.key(known.record()), "t").number() == 1;
    }
}
