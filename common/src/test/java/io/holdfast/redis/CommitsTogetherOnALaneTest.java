package io.holdfast.redis;

import static io.holdfast.redis.Records.attributes;
import static io.holdfast.redis.Records.newRecord;
import static io.holdfast.redis.Records.newSession;
import static io.holdfast.redis.SessionStoreContract.committed;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.Setting;
import io.holdfast.localredis.Cut;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.Tamper;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.CommitResult;
import io.holdfast.session.CommitResult.Committed;
import io.holdfast.session.CreateResult;
import io.holdfast.session.EndResult;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.SessionDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Commits of different sessions that wait for the same lane go together: one WATCH, one MULTI and EXEC. The proxy holds one that goes before
 * them until all of them wait.
 */
class CommitsTogetherOnALaneTest {
    private final RecordingEvents events = new RecordingEvents();

    /** Commands of the store under test, behind the one that was held, in order. */
    private final List<List<String>> commands = new CopyOnWriteArrayList<>();

    private Fixture fixture;
    private FaultProxy proxy;
    private RedisSessionStore store;
    private RedisSessionStore other;
    private Known held;
    private Pause pause;
    private Waiter<CommitResult> before;
    private Known a;
    private Known b;
    private Known c;

    @BeforeEach
    void open() {
        fixture = new Fixture();
        proxy = fixture.proxy();
        store = fixture.store(fixture.settings(proxy.uri()).set(Setting.COMMIT_LANES, "1"), events);
        other = fixture.store();
        held = Known.create(other, Map.of());
        a = Known.create(other, Map.of());
        b = Known.create(other, Map.of());
        c = Known.create(other, Map.of());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void commitsThatWait_needOneWatchAndOneExec() throws Exception {
        for (Waiter<CommitResult> waiter : together(puts())) {
            assertThat(committed(waiter.get()).version()).isEqualTo(2);
        }

        assertThat(named("WATCH")).containsExactly(List.of("WATCH", key(a), key(b), key(c)));
        assertThat(named("EXEC")).hasSize(2); // that of the one before, too
        assertAllHaveOurs();
        assertThat(events.retries).isEmpty();
    }

    @Test
    void anotherNodeCommitsOneOfThem_allAreWritten_andTheOneByItself() throws Exception {
        Pause joint = proxy.pauseBefore(this::isJointExec);
        List<Waiter<CommitResult>> waiters = together(puts());

        joint.awaitReached();
        other.commit(b.put("theirs", "2", 0));
        joint.release();

        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(1).get()).version()).isEqualTo(3);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(2);
        assertAllHaveOurs();
        assertThat(attributes(other, b.record())).containsEntry("theirs", "2");
        assertThat(events.retries).as("only of the one that was overtaken").containsExactly(1);
        assertThat(named("EXEC")).as("the one before, all, two of them, one").hasSize(4);
    }

    @Test
    void anotherNodeEndsOneOfThem_itIsGone_andTheOthersAreWritten() throws Exception {
        Pause joint = proxy.pauseBefore(this::isJointExec);
        List<Waiter<CommitResult>> waiters = together(puts());

        joint.awaitReached();
        assertThat(other.end(b.record(), b.createdBy())).isInstanceOf(EndResult.Leased.class);
        joint.release();

        assertThat(waiters.get(1).get()).isEqualTo(new CommitResult.Gone());
        assertThat(fixture.exists(b.record())).isFalse();
        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(2);
    }

    /** A touch changes nothing that is looked at, so nobody can tell whose record it was. */
    @Test
    void anotherNodeTouchesOneOfThemTwice_eachGoesAlone() throws Exception {
        Pause first = proxy.pauseBefore(this::isJointExec);
        List<Waiter<CommitResult>> waiters = together(puts());
        first.awaitReached();
        touch(b);
        Pause second = proxy.pauseBefore(this::isJointExec);
        first.release();
        second.awaitReached();
        touch(b);
        second.release();

        for (Waiter<CommitResult> waiter : waiters) {
            assertThat(committed(waiter.get()).version()).isEqualTo(2);
        }
        assertAllHaveOurs();
        assertThat(named("EXEC")).as("the one before, all, all again, each").hasSize(6);
    }

    @Test
    void anotherNodeHasCommittedOneOfThemBefore_itDoesNotHoldUpTheOthers() throws Exception {
        other.commit(b.put("theirs", "2", 0));

        List<Waiter<CommitResult>> waiters = together(puts());

        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(1).get()).version()).isEqualTo(3);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(2);
        assertThat(named("EXEC")).as("the one before, two of them, one").hasSize(3);
        assertThat(attributes(other, b.record())).containsEntry("theirs", "2").containsEntry("ours", "1");
        assertThat(events.retries).isEmpty();
    }

    /** The EXEC of the only one that writes fails because of another one's record. */
    @Test
    void anotherNodeCommitsWhatWasLookedAtTogether_isNotTakenForAnotherRecord() throws Exception {
        other.commit(b.put("theirs", "1", 0));
        hold();
        store.touch(a.record());
        Waiter<CommitResult> ours = new Waiter<>(() -> store.commit(b.put("ours", "1", 0)));
        fixture.redis.send("PEXPIRE", key(a), 1_000_000);
        Pause joint = proxy.pauseBefore(command -> command.get(0).equals("EXEC") && contains("PEXPIRE", a));
        release();
        joint.awaitReached();
        other.commit(Known.of(other, b.record()).put("theirs", "2"));
        joint.release();

        assertThat(committed(ours.get()).version()).isEqualTo(4);
        Fixture.awaitLane(store, a.record());
        assertThat(fixture.pttl(a.record())).as("touched").isGreaterThan(1_000_000);
        assertThat(events.retries).isEmpty();
    }

    @Test
    void connectionLostTwiceBeforeTheLook_eachIsWritten() throws Exception {
        Cut first = proxy.cutInsteadOfSending(this::isJointWatch);
        hold();
        List<Waiter<CommitResult>> waiters = new ArrayList<>();
        puts().forEach(delta -> waiters.add(new Waiter<>(() -> store.commit(delta))));
        Cut second = proxy.cutInsteadOfSending(command -> command.equals(List.of("WATCH", key(a))));
        release();
        first.awaitDone();
        second.awaitDone();

        for (Waiter<CommitResult> waiter : waiters) {
            assertThat(committed(waiter.get()).version()).isEqualTo(2);
        }
        assertAllHaveOurs();
    }

    @Test
    void largeValues_goAlone() throws Exception {
        hold();
        Waiter<CommitResult> large = new Waiter<>(() -> store.commit(a.put("ours", "1".repeat(40_000), 0)));
        Waiter<CommitResult> small = new Waiter<>(() -> store.commit(b.put("ours", "1", 0)));
        Waiter<EndResult> end = new Waiter<>(() -> store.end(c.record(), c.createdBy()));
        release();

        assertThat(committed(large.get()).version()).isEqualTo(2);
        assertThat(committed(small.get()).version()).isEqualTo(2);
        assertThat(end.get()).isInstanceOf(EndResult.Leased.class);
        assertThat(named("WATCH").stream().map(watch -> watch.get(1)).toList()).containsExactly(key(a), key(b), key(c));
    }

    @Test
    void answerLostBehindTheExec_eachFindsThatItIsWritten() throws Exception {
        Cut cut = proxy.cutAfterSending(this::isJointExec);
        List<Waiter<CommitResult>> waiters = together(puts());

        cut.awaitDone();

        for (Waiter<CommitResult> waiter : waiters) {
            assertThat(committed(waiter.get()).version()).isEqualTo(2);
        }
        assertAllHaveOurs();
        assertThat(other.load(a.record())).isNotNull();
        assertThat(Known.of(other, a.record()).version()).as("once").isEqualTo(2);
    }

    @Test
    void connectionLostBeforeTheExec_eachIsWrittenOnce() throws Exception {
        Cut cut = proxy.cutInsteadOfSending(this::isJointExec);
        List<Waiter<CommitResult>> waiters = together(puts());

        cut.awaitDone();

        for (Waiter<CommitResult> waiter : waiters) {
            assertThat(committed(waiter.get()).version()).isEqualTo(2);
        }
        assertAllHaveOurs();
    }

    /** The EXEC whose answer is lost is held on its connection until another node has written one of the records. */
    @Test
    void anotherNodeCommitsOneOfThem_whileTheConnectionIsLost_noneIsLost() throws Exception {
        Pause joint = proxy.pauseBefore(this::isJointExec);
        Cut cut = proxy.cutAfterSending(this::isJointExec);
        List<Waiter<CommitResult>> waiters = together(puts());

        joint.awaitReached();
        other.commit(b.put("theirs", "2", 0));
        joint.release();
        cut.awaitDone();

        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(1).get()).version()).isEqualTo(3);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(2);
        assertAllHaveOurs();
        assertThat(attributes(other, b.record())).containsEntry("theirs", "2");
    }

    @Test
    void redisRefusesToQueueWhatOneOfThemWrites_theOthersAreWritten() throws Exception {
        proxy.tamper(forging("HSET", b, List.of("HSET", key(b))));

        List<Waiter<CommitResult>> waiters = together(puts());

        assertRefused(waiters.get(1), "HSET");
        assertThat(attributes(other, b.record())).isEmpty();
        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(2);
    }

    @Test
    void redisFailsWithWhatOneOfThemWrites_onlyThatIsTold() throws Exception {
        proxy.tamper(forging("PEXPIRE", b, List.of("PEXPIRE", key(b), "never")));

        List<Waiter<CommitResult>> waiters = together(puts());

        assertRefused(waiters.get(1), "EXEC");
        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(2);
    }

    /** As a cluster does where keys belong to several slots. */
    @Test
    void redisRefusesToWatchSeveralRecords_eachGoesAlone_fromThenOn() throws Exception {
        proxy.tamper(new Tamper() {
            @Override
            public List<String> command(List<String> command) {
                return command.get(0).equals("WATCH") && command.size() > 2 ? List.of("WATCH") : command;
            }
        });

        for (Waiter<CommitResult> waiter : together(puts())) {
            assertThat(committed(waiter.get()).version()).isEqualTo(2);
        }
        assertThat(named("WATCH")).hasSize(4);
        held = Known.of(other, held.record());
        List<Waiter<CommitResult>> again = together(List.of(a, b, c).stream()
                .map(known -> Known.of(other, known.record()).put("ours", "2"))
                .toList());
        for (Waiter<CommitResult> waiter : again) {
            assertThat(committed(waiter.get()).version()).isEqualTo(3);
        }
        assertThat(named("WATCH")).allMatch(watch -> watch.size() == 2);
    }

    @Test
    void oneThatCannotLook_failsByItself() throws Exception {
        Known noRecord = new Known("none", a.createdBy(), 1);
        hold();
        Waiter<CommitResult> ours = new Waiter<>(() -> store.commit(a.put("ours", "1", 0)));
        Waiter<CommitResult> bad = new Waiter<>(() -> store.commit(noRecord.metadata(new MetadataChange(60, null))));
        release();

        assertThatThrownBy(bad::get).cause().hasMessageContaining("A bug in Holdfast");
        assertThat(committed(ours.get()).version()).isEqualTo(2);
        assertThatThrownBy(() -> store.commit(noRecord.metadata(new MetadataChange(60, null))))
                .hasMessageContaining("A bug in Holdfast");
        assertThat(committed(store.commit(b.put("ours", "1", 0))).version()).isEqualTo(2);
    }

    @Test
    void touchAndCommitOfOneRecord_goOneAfterTheOther() throws Exception {
        hold();
        Waiter<CommitResult> ours = new Waiter<>(() -> store.commit(a.put("ours", "1", 0)));
        store.touch(a.record());
        Waiter<CommitResult> more = new Waiter<>(() -> store.commit(b.put("ours", "1", 0)));
        release();

        assertThat(committed(ours.get()).version()).isEqualTo(2);
        assertThat(committed(more.get()).version()).isEqualTo(2);
        Fixture.awaitLane(store, a.record());
        assertThat(named("WATCH").subList(0, 2))
                .containsExactly(List.of("WATCH", key(a), key(b)), List.of("WATCH", key(a)));
    }

    @Test
    void creations_goTogether_eachEnteredInTheIndexBefore() throws Exception {
        List<String> records = IntStream.range(0, 3).mapToObj(i -> newRecord()).toList();
        hold();
        List<Waiter<CreateResult>> waiters = new ArrayList<>();
        for (String record : records) {
            waiters.add(new Waiter<>(() -> store.create(newSession(record, Map.of("x", Records.value("1"))))));
        }
        release();

        for (Waiter<CreateResult> waiter : waiters) {
            assertThat(waiter.get()).isInstanceOf(CreateResult.Created.class);
        }
        records.forEach(record -> assertThat(fixture.entries(record)).hasSize(1));
        assertThat(named("EXEC")).hasSize(2);
        List<String> names = commands.stream().map(command -> command.get(0)).toList();
        assertThat(names.lastIndexOf("EVAL"))
                .isGreaterThan(names.indexOf("WATCH"))
                .isLessThan(names.lastIndexOf("MULTI"));
    }

    /** One call to the store that waits for the lane. */
    private static final class Waiter<R> {
        private final CompletableFuture<R> result = new CompletableFuture<>();

        Waiter(Supplier<R> call) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            result.complete(call.get());
                        } catch (RuntimeException e) {
                            result.completeExceptionally(e);
                        }
                    },
                    "waiter");
            thread.start();
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        }

        R get() throws Exception {
            return result.get(10, SECONDS);
        }
    }

    private List<Waiter<CommitResult>> together(List<SessionDelta> deltas) throws Exception {
        hold();
        List<Waiter<CommitResult>> waiters = new ArrayList<>();
        deltas.forEach(delta -> waiters.add(new Waiter<>(() -> store.commit(delta))));
        release();
        return waiters;
    }

    /** From now on the lane is busy. */
    private void hold() {
        pause = proxy.pauseBefore("HSET");
        before = new Waiter<>(() -> store.commit(held.put("ours", "1", 0)));
        pause.awaitReached();
        commands.clear();
        proxy.pauseBefore(command -> {
            commands.add(command);
            return false;
        });
    }

    private void release() throws Exception {
        pause.release();
        assertThat(before.get()).isInstanceOf(Committed.class);
    }

    private List<SessionDelta> puts() {
        return List.of(a.put("ours", "1", 0), b.put("ours", "1", 0), c.put("ours", "1", 0));
    }

    private void assertAllHaveOurs() {
        for (Known known : List.of(a, b, c)) {
            assertThat(attributes(other, known.record())).containsEntry("ours", "1");
        }
    }

    private static void assertRefused(Waiter<CommitResult> waiter, String command) {
        assertThatThrownBy(waiter::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .hasMessageContaining("refused " + command);
    }

    private List<List<String>> named(String name) {
        return commands.stream().filter(command -> command.get(0).equals(name)).toList();
    }

    /** Behind the commands of several records. */
    private boolean isJointExec(List<String> command) {
        if (!command.get(0).equals("EXEC")) {
            return false;
        }
        List<String> names = commands.stream().map(each -> each.get(0)).toList();
        int multi = names.lastIndexOf("MULTI");
        return multi >= 0
                && commands.subList(multi, commands.size()).stream()
                                .filter(each -> each.get(0).equals("HSET"))
                                .count()
                        > 1;
    }

    private boolean isJointWatch(List<String> command) {
        return command.get(0).equals("WATCH") && command.size() > 2;
    }

    private boolean contains(String name, Known known) {
        return commands.stream()
                .anyMatch(
                        command -> command.get(0).equals(name) && command.get(1).equals(key(known)));
    }

    private Tamper forging(String name, Known known, List<String> forged) {
        return new Tamper() {
            @Override
            public List<String> command(List<String> command) {
                return command.get(0).equals(name) && command.get(1).equals(key(known)) ? forged : command;
            }
        };
    }

    private void touch(Known known) {
        fixture.redis.send("PEXPIRE", key(known), Records.HALF_AN_HOUR * 1_000);
    }

    private String key(Known known) {
        return fixture.key(known.record());
    }
}
