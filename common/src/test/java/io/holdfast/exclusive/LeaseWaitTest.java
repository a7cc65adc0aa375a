package io.holdfast.exclusive;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.exclusive.LeaseStore.Attempt;
import io.holdfast.session.LeaseToken;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long the head of a line pauses between two tries, with a store that answers as it is told. */
class LeaseWaitTest {
    private static final String RECORD = "0123456789abcdef";
    private static final LeaseToken TOKEN = new LeaseToken(1, 1);
    private static final Attempt TAKEN = new Attempt.Taken();

    private final Script store = new Script();
    private final LeaseWait wait = new LeaseWait(store, Duration.ofSeconds(10), () -> {});
    private WaitingLines.Line line;

    @BeforeEach
    void join() throws InterruptedException {
        line = Objects.requireNonNull(new WaitingLines().join(RECORD, 0));
    }

    @Test
    void pause_isWhatIsLeftOfTheLease_butNeverLessThan20Millis() throws Exception {
        store.answers.addAll(
                List.of(held(7_000), held(7_000), held(5), held(0), held(3_000), TAKEN)); // the first before it listens

        assertThat(take()).isEqualTo(LeaseWait.Outcome.WAITED);

        assertThat(store.pauses).containsExactly(millis(7_000), millis(20), millis(20), millis(3_000));
    }

    @Test
    void waiterThatCannotListen_looksEvery250Millis() throws Exception {
        store.deaf = true;
        store.answers.addAll(List.of(held(7_000), held(7_000), held(5), TAKEN));

        take();

        assertThat(store.pauses).containsExactly(millis(250), millis(250));
    }

    @Test
    void nodeThatTookTheLeaseEightTimesInARow_holdsBackOnceForOthers() throws Exception {
        line.setOthersListen(true);
        takeAtOnce(8);
        assertThat(store.pauses).isEmpty();

        takeAtOnce(1);
        assertThat(store.pauses).containsExactly(millis(20));

        takeAtOnce(7);
        assertThat(store.pauses).hasSize(1);
        takeAtOnce(1);
        assertThat(store.pauses).hasSize(2);
    }

    @Test
    void nodeForWhoseLeaseNobodyListens_doesNotHoldBack() throws Exception {
        takeAtOnce(20);

        assertThat(store.pauses).isEmpty();
    }

    @Test
    void turnOfAnotherNode_endsTheRow() throws Exception {
        line.setOthersListen(true);
        takeAtOnce(7);
        store.answers.addAll(List.of(held(5), TAKEN));
        take();

        takeAtOnce(8);

        assertThat(store.pauses).isEmpty();
    }

    private void takeAtOnce(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            store.answers.add(TAKEN);
            assertThat(take()).isEqualTo(LeaseWait.Outcome.TAKEN_AT_ONCE);
        }
    }

    private LeaseWait.Outcome take() throws InterruptedException {
        return wait.take(
                RECORD, TOKEN, line, System.nanoTime() + Duration.ofMinutes(10).toNanos());
    }

    private static Attempt held(long remainingMillis) {
        return new Attempt.Held(millis(remainingMillis));
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    /** Answers from a list, and notes pauses instead of making them. */
    private static final class Script implements LeaseStore {
        private final Deque<Attempt> answers = new ArrayDeque<>();
        private final List<Duration> pauses = new ArrayList<>();
        private boolean deaf;

        @Override
        public Attempt take(String record, LeaseToken token, Duration lease) {
            return answers.remove();
        }

        @Override
        public CompletableFuture<Boolean> renew(String record, LeaseToken token, Duration lease) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Released> release(String record, LeaseToken token) {
            throw new UnsupportedOperationException();
        }

        @Override
        public WakeUp wakeUp(String record) {
            return new WakeUp() {
                @Override
                public boolean listen() {
                    return !deaf;
                }

                @Override
                public void await(Duration longest) {
                    pauses.add(longest);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {}
    }
}
