package io.holdfast.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.api.StatefulRedisConnection;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** How a connection finds out that it is not answered. The timer's tasks run when the test says so. */
class WireTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration OVER_AT_ONCE = Duration.ofNanos(1);

    private final TimerByHand timer = new TimerByHand();

    @Test
    void exchangeThatIsNotAnsweredInTime_fails_andClosesTheConnection() throws Exception {
        Wire wire = new Wire(connection(), timer, OVER_AT_ONCE);
        Exchange exchange = wire.send(List.of(call()));

        timer.runNext();

        assertThatThrownBy(() -> exchange.answered().get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(wire.isOpen()).isFalse();
    }

    @Test
    void exchangeThatWasSentWhileAnotherWasWatched_isWatchedForTheTimeThatItHasLeft() throws Exception {
        Wire wire = new Wire(connection(), timer, LONG);
        RedisCall first = call();
        wire.send(List.of(first));
        Exchange second = wire.send(List.of(call()));
        first.complete();

        timer.runNext();

        assertThat(second.answered()).isNotDone();
        assertThat(timer.tasks).hasSize(1);
        assertThat(timer.latestNanos).isLessThan(LONG.toNanos());
    }

    @Test
    void connectionWithoutQuestions_isNotWatched_untilTheNextOne() throws Exception {
        Wire wire = new Wire(connection(), timer, LONG);
        RedisCall first = call();
        wire.send(List.of(first));
        first.complete();

        timer.runNext();
        assertThat(timer.tasks).isEmpty();

        wire.send(List.of(call()));
        assertThat(timer.tasks).hasSize(1);
    }

    /** What is read behind an answer that could not be read may be its rest. */
    @Test
    void answerBehindACommandThatFailed_countsForNothing() {
        Wire wire = new Wire(connection(), timer, LONG);
        RedisCall first = call();
        RedisCall second = call();
        wire.send(List.of(first));
        Exchange exchange = wire.send(List.of(second));

        first.completeExceptionally(new OutOfMemoryError("forced"));
        second.complete();

        assertThatThrownBy(() -> exchange.answered().get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(BrokenConnectionException.class);
        assertThat(wire.isOpen()).isFalse();
    }

    private static RedisCall call() {
        return RedisCall.of(RedisVerb.TIME);
    }

    /** Takes everything and answers nothing. */
    @SuppressWarnings("unchecked")
    private static StatefulRedisConnection<byte[], byte[]> connection() {
        return (StatefulRedisConnection<byte[], byte[]>) Proxy.newProxyInstance(
                WireTest.class.getClassLoader(),
                new Class<?>[] {StatefulRedisConnection.class},
                (proxy, method, arguments) -> method.getReturnType() == boolean.class ? true : null);
    }

    private static final class TimerByHand implements Timer {
        private final Deque<TimerTask> tasks = new ArrayDeque<>();
        private long latestNanos;

        void runNext() throws Exception {
            tasks.remove().run(timeout());
        }

        @Override
        public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
            tasks.add(task);
            latestNanos = unit.toNanos(delay);
            return timeout();
        }

        @Override
        public Set<Timeout> stop() {
            return Set.of();
        }

        private static Timeout timeout() {
            return (Timeout) Proxy.newProxyInstance(
                    WireTest.class.getClassLoader(),
                    new Class<?>[] {Timeout.class},
                    (proxy, method, arguments) -> null);
        }
    }
}
