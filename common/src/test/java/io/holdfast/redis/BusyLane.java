package io.holdfast.redis;

import static io.holdfast.redis.Records.attributes;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.Setting;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.Tamper;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.CommitResult;
import io.holdfast.session.CommitResult.Committed;
import io.holdfast.session.SessionDelta;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A store with one lane, which the proxy holds by a commit that goes before others until all of them wait. */
@ParameterizedClass(name = "large: {0}")
@ValueSource(booleans = {false, true})
abstract class BusyLane {
    @Parameter
    boolean large;

    final RecordingEvents events = new RecordingEvents();

    /** Commands of the store under test, behind the one that was held, in order. */
    final List<List<String>> commands = new CopyOnWriteArrayList<>();

    Fixture fixture;
    FaultProxy proxy;
    RedisSessionStore store;
    RedisSessionStore other;
    Known held;
    Pause pause;
    Waiter<CommitResult> before;
    Known a;
    Known b;
    Known c;

    @BeforeEach
    void open() {
        fixture = new Fixture(large);
        proxy = fixture.proxy();
        store = fixture.store(fixture.settings(proxy.uri()).set(Setting.COMMIT_LANES, "1"), events);
        other = fixture.store();
        held = Known.create(other, Map.of());
        a = Known.create(other, Map.of()).large(large);
        b = Known.create(other, Map.of()).large(large);
        c = Known.create(other, Map.of()).large(large);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** One call to the store that waits for the lane. */
    static final class Waiter<R> {
        private final Thread thread;
        private final CompletableFuture<R> result = new CompletableFuture<>();

        Waiter(Supplier<R> call) {
            thread = new Thread(
                    () -> {
                        try {
                            result.complete(call.get());
                        } catch (RuntimeException e) {
                            result.completeExceptionally(e);
                        }
                    },
                    "waiter");
            thread.start();
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        }

        void interrupt() {
            thread.interrupt();
        }

        R get() throws Exception {
            return result.get(10, SECONDS);
        }
    }

    List<Waiter<CommitResult>> together(List<SessionDelta> deltas) throws Exception {
        hold();
        List<Waiter<CommitResult>> waiters = new ArrayList<>();
        deltas.forEach(delta -> waiters.add(new Waiter<>(() -> store.commit(delta))));
        release();
        return waiters;
    }

    /** From now on the lane is busy. */
    void hold() {
        pause = proxy.pauseBefore("HSET");
        before = new Waiter<>(() -> store.commit(held.put("ours", "1", 0)));
        pause.awaitReached();
        commands.clear();
        proxy.pauseBefore(command -> {
            commands.add(command);
            return false;
        });
    }

    void release() throws Exception {
        pause.release();
        assertThat(before.get()).isInstanceOf(Committed.class);
    }

    List<SessionDelta> puts() {
        return List.of(a.put("ours", "1", 0), b.put("ours", "1", 0), c.put("ours", "1", 0));
    }

    void assertAllHaveOurs() {
        for (Known known : List.of(a, b, c)) {
            assertThat(attributes(other, known.record())).containsEntry("ours", "1");
        }
    }

    static void assertRefused(Waiter<CommitResult> waiter, String command) {
        assertThatThrownBy(waiter::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .hasMessageContaining("refused " + command);
    }

    List<List<String>> named(String name) {
        return commands.stream().filter(command -> command.get(0).equals(name)).toList();
    }

    /** Behind the commands of several records. */
    boolean isJointExec(List<String> command) {
        return command.get(0).equals("EXEC") && latestWrites().size() > 1;
    }

    /** Behind the commands of that record alone. */
    boolean isExecOf(Known known, List<String> command) {
        return command.get(0).equals("EXEC") && latestWrites().equals(List.of(key(known)));
    }

    /** What is written behind the latest MULTI. */
    private List<String> latestWrites() {
        List<List<String>> all = List.copyOf(commands);
        List<String> names = all.stream().map(each -> each.get(0)).toList();
        return all.subList(Math.max(0, names.lastIndexOf("MULTI")), names.size()).stream()
                .filter(each -> each.get(0).equals("HSET"))
                .map(each -> each.get(1))
                .toList();
    }

    boolean isJointWatch(List<String> command) {
        return command.get(0).equals("WATCH") && command.size() > 2;
    }

    boolean contains(String name, Known known) {
        return commands.stream()
                .anyMatch(
                        command -> command.get(0).equals(name) && command.get(1).equals(key(known)));
    }

    Tamper forging(String name, Known known, List<String> forged) {
        return new Tamper() {
            @Override
            public List<String> command(List<String> command) {
                return command.get(0).equals(name) && command.get(1).equals(key(known)) ? forged : command;
            }
        };
    }

    void touch(Known known) {
        fixture.redis.send("PEXPIRE", key(known), Records.HALF_AN_HOUR * 1_000);
    }

    String key(Known known) {
        return fixture.key(known.record());
    }
}
