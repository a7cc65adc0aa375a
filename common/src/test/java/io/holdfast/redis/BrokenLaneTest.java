package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.Setting;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.session.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A step of a lane fails on this node, as where the heap is full. Who was under way hears what is known of that, and the lane goes on.
 */
class BrokenLaneTest {
    private Fixture fixture;
    private FaultProxy proxy;
    private RedisConnector connector;
    private CommitLanes lanes;
    private final AtomicInteger connections = new AtomicInteger();

    @BeforeEach
    void open() {
        fixture = new Fixture();
        proxy = fixture.proxy();
        HoldfastSettings settings = fixture.settings(proxy.uri()).build();
        connector = RedisConnector.create(settings);
        lanes = new CommitLanes(connector, new Wording(settings), settings);
        proxy.pauseBefore(command -> {
            if (command.get(0).equals("PING")) {
                connections.incrementAndGet();
            }
            return false;
        });
    }

    @AfterEach
    void close() {
        lanes.close();
        connector.close();
        fixture.close();
    }

    /** Writes a field, if nobody has changed the record since it looked. */
    private final class Put implements Transaction<String> {
        private final String record;
        private final Runnable inLook;
        private final Runnable inDecision;
        private volatile Runnable inName = BrokenLaneTest::nothing;
        private boolean inDoubt;

        Put(String record, Runnable inLook, Runnable inDecision) {
            this.record = record;
            this.inLook = inLook;
            this.inDecision = inDecision;
        }

        @Override
        public String record() {
            inName.run();
            return record;
        }

        @Override
        public List<byte[]> watched() {
            return List.of(key());
        }

        @Override
        public List<RedisCall> look() {
            inLook.run();
            return List.of(RedisCall.of(RedisVerb.EXISTS, key()));
        }

        @Override
        public Decision<String> decide(List<RedisCall> answers) {
            inDecision.run();
            if (inDoubt && answers.get(0).number() > 0) {
                return new Decision.Answer<>("found");
            }
            byte[] value = {'1'};
            return new Decision.Write<>(
                    List.of(RedisCall.ofFields(RedisVerb.HSET, key(), List.of(value, value))), "written");
        }

        @Override
        public boolean isSmall() {
            return true;
        }

        @Override
        public void outcomeUnknown() {
            inDoubt = true;
        }

        private byte[] key() {
            return fixture.key(record).getBytes(US_ASCII);
        }
    }

    @Test
    void oneOfSeveralThatGoTogetherFindsTheHeapFull_nothingIsWrittenForAny_andTheNextIs() throws Exception {
        Pause pause = proxy.pauseBefore("HSET");
        CompletableFuture<String> before = lanes.submit(put("before"));
        pause.awaitReached();
        CompletableFuture<String> first = lanes.submit(put("first"));
        CompletableFuture<String> second = lanes.submit(new Put("second", BrokenLaneTest::nothing, failingOnce()));
        CompletableFuture<String> third = lanes.submit(put("third"));
        pause.release();

        assertThat(before.get(10, SECONDS)).isEqualTo("written");
        for (CompletableFuture<String> failed : List.of(first, second, third)) {
            assertThatThrownBy(() -> failed.get(10, SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("Nothing was written")
                    .hasMessageContaining("OutOfMemoryError: forced")
                    .hasMessageContaining("-Xmx");
        }
        for (String record : List.of("first", "second", "third")) {
            assertThat(fixture.exists(record)).isFalse();
        }
        assertThat(lanes.run(put("first"), attempt -> {})).isEqualTo("written");
        assertThat(fixture.exists("first")).isTrue();
        assertThat(connections).as("nobody knows what the first one watches").hasValue(2);
    }

    /** Nobody knows then whether it has left. */
    @Test
    void theNextLookFindsTheHeapFull_theExecThatWasToLeaveWithItIsInDoubt_andTheLaneGoesOn() throws Exception {
        Pause pause = proxy.pauseBefore("EXISTS");
        CompletableFuture<Throwable> writing = inBackground(
                () -> lanes.run(new Put("writing", BrokenLaneTest::nothing, BrokenLaneTest::nothing), attempt -> {}));
        pause.awaitReached();
        CompletableFuture<String> next = lanes.submit(new Put("next", failingOnce(), BrokenLaneTest::nothing));
        pause.release();

        assertThat(writing.get(10, SECONDS))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.isNothingDone()).isFalse())
                .hasMessageContaining("took effect as a whole or not at all");
        assertThatThrownBy(() -> next.get(10, SECONDS))
                .hasMessageContaining("session next")
                .hasMessageContaining("Nothing was written");
        assertThat(lanes.run(put("next"), attempt -> {})).isEqualTo("written");
    }

    /** Its EXEC is out; while it waits for the answer, it cannot even say so. */
    @Test
    void waiterFindsTheHeapFull_whenItsExecIsOut_thatIsNotTakenForNothingDone() throws Exception {
        Put put = new Put("waiting", BrokenLaneTest::nothing, BrokenLaneTest::nothing);
        Pause pause = proxy.pauseBefore("EXEC");
        CompletableFuture<Thread> waiter = new CompletableFuture<>();
        CompletableFuture<Throwable> waiting = inBackground(() -> {
            waiter.complete(Thread.currentThread());
            lanes.run(put, attempt -> {});
        });
        pause.awaitReached();
        put.inName = failingOnce();
        waiter.get(10, SECONDS).interrupt();

        assertThat(waiting.get(10, SECONDS))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.isNothingDone()).isFalse())
                .hasMessageContaining("OutOfMemoryError: forced")
                .hasMessageContaining("took effect as a whole or not at all");
        pause.release();
        await().until(() -> fixture.exists("waiting"));
    }

    /** The lane and the waiter both may be the one that gives up. */
    @Test
    void taskWhoseExecIsOut_isInDoubtForEverybodyWhoGivesUp() {
        LaneTask<String> task = new LaneTask<>(put("task"));
        task.decidedToWrite(new Decision.Write<>(List.of(), "written"));
        task.startWrite();

        assertThat(task.abandon()).isTrue();
        assertThat(task.abandon()).isTrue();
        assertThat(task.isInDoubt()).isTrue();
        assertThat(task.startWrite()).isFalse();
    }

    /** As if the heap had been full where the lane was to be told that the connection is there. */
    @Test
    void endOfAStepIsLost_theNextTransactionStartsTheLaneAgain() {
        HoldfastSettings settings =
                fixture.settings().set(Setting.COMMAND_TIMEOUT_MILLIS, "50").build();
        AtomicInteger attempts = new AtomicInteger();
        CompletableFuture<Wire> withoutEnd = new CompletableFuture<>();
        OnDemandConnection connection = new OnDemandConnection(
                () -> attempts.getAndIncrement() == 0 ? withoutEnd : connector.connect(),
                new Wording(settings),
                settings.commandTimeout());
        CommitLane lane = new CommitLane(connection, connector, new Wording(settings), settings);

        lane.submit(new LaneTask<>(put("first")));

        await().atMost(Duration.ofSeconds(20)).until(() -> isWritten(lane, "second"));
        assertThat(attempts).hasValue(2);
        assertThat(connectionThatComesTooLate(withoutEnd).isOpen()).isFalse();
        assertThat(fixture.exists("second")).isTrue();
    }

    private Wire connectionThatComesTooLate(CompletableFuture<Wire> attempt) {
        Wire wire = connector.connect().join();
        attempt.complete(wire);
        return wire;
    }

    private boolean isWritten(CommitLane lane, String record) throws Exception {
        LaneTask<String> task = new LaneTask<>(put(record));
        lane.submit(task);
        return task.result()
                .completeOnTimeout("not yet", 100, MILLISECONDS)
                .get()
                .equals("written");
    }

    private Put put(String record) {
        return new Put(record, BrokenLaneTest::nothing, BrokenLaneTest::nothing);
    }

    private static void nothing() {}

    private static Runnable failingOnce() {
        AtomicInteger calls = new AtomicInteger();
        return () -> {
            if (calls.getAndIncrement() == 0) {
                throw new OutOfMemoryError("forced");
            }
        };
    }

    /** Completes with what the call failed with. */
    private static CompletableFuture<Throwable> inBackground(ThrowingCallable call) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        call.call();
                    } catch (Throwable e) {
                        failure.complete(e);
                    }
                })
                .start();
        return failure;
    }
}
