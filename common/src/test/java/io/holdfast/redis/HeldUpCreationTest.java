package io.holdfast.redis;

import static io.holdfast.redis.Records.newRecord;
import static io.holdfast.redis.Records.newSession;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.SessionEvents;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.session.CreateResult;
import io.holdfast.session.EndLease;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that is held up while it creates a session, and sweeps that meet its entry in the index before there is a record. */
class HeldUpCreationTest {
    private Fixture fixture;
    private FaultProxy proxy;
    private RedisSessionStore held;
    private RedisSessionStore other;

    @BeforeEach
    void open() {
        fixture = new Fixture();
        proxy = fixture.proxy();
        held = fixture.store(fixture.settings(proxy.uri()), SessionEvents.NONE);
        other = fixture.store();
        held.warmUp();
        other.warmUp();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Its entry can be due at once: where Redis's clock is not known yet, sessions are entered so. */
    @Test
    void creationThatIsHeldUpBetweenItsEntryAndItsWatch_isInTheIndexThoughTheEntryIsDropped() throws Exception {
        String record = newRecord();
        String key = fixture.key(record);
        Pause watch = proxy.pauseBefore(command -> command.get(0).equals("WATCH") && command.contains(key));
        CompletableFuture<CreateResult> creation = inBackground(() -> held.create(newSession(record, Map.of())));
        watch.awaitReached();
        fixture.makeDue(record);

        assertThat(Fixture.sweep(other)).isEmpty();
        assertThat(fixture.entries(record)).isEmpty();
        watch.release();

        assertThat(creation.get(10, SECONDS)).isInstanceOf(CreateResult.Created.class);
        assertThat(fixture.entries(record)).hasSize(1);
    }

    @Test
    void creationWhoseEntryIsDroppedByASweepThatDiesBeforeItsSecondFence_isInTheIndex() throws Exception {
        FaultProxy doomedProxy = fixture.proxy();
        RedisSessionStore doomed = fixture.store(fixture.settings(doomedProxy.uri()), SessionEvents.NONE);
        doomed.warmUp();
        String record = newRecord();
        String key = fixture.key(record);
        Pause firstTry = proxy.pauseBefore("HSET");
        CompletableFuture<CreateResult> creation = inBackground(() -> held.create(newSession(record, Map.of())));
        firstTry.awaitReached();
        fixture.makeDue(record);
        Pause removal = doomedProxy.pauseBefore("ZREM");
        CompletableFuture<List<EndLease>> sweep = inBackground(() -> Fixture.sweep(doomed));
        removal.awaitReached();
        Pause secondTry = proxy.pauseBefore(
                command -> command.get(0).equals("HSET") && command.get(1).equals(key));
        firstTry.release();
        secondTry.awaitReached();
        Pause secondFence = doomedProxy.pauseBefore(command -> command.get(0).equals("WATCH") && command.contains(key));
        removal.release();
        secondFence.awaitReached();
        assertThat(fixture.entries(record)).isEmpty();

        doomedProxy.down();
        secondTry.release();

        assertThat(creation.get(10, SECONDS)).isInstanceOf(CreateResult.Created.class);
        assertThat(fixture.entries(record)).hasSize(1);
        assertThat(sweep).failsWithin(10, SECONDS);
    }

    private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task, "background").start());
    }
}
