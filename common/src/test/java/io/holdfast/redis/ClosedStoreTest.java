package io.holdfast.redis;

import static io.holdfast.redis.Records.newRecord;
import static io.holdfast.redis.Records.newSession;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.events.SessionEvents;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.session.CreateResult;
import io.holdfast.session.StoreException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a store that is closed amid a transaction says about that. */
class ClosedStoreTest {
    private final Fixture fixture = new Fixture();
    private final FaultProxy proxy = fixture.proxy();
    private final RedisSessionStore store = fixture.store(fixture.settings(proxy.uri()), SessionEvents.NONE);

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest(name = "before {0}: nothing done {1}")
    @CsvSource({"WATCH, true", "EXEC, false"})
    void creation_isKnownNotToBeDone_onlyIfItsExecWasNotSent(String command, boolean nothingDone) throws Exception {
        Pause pause = proxy.pauseBefore(command);
        CompletableFuture<CreateResult> creation =
                CompletableFuture.supplyAsync(() -> store.create(newSession(newRecord(), Map.of())));
        pause.awaitReached();

        store.close();

        assertThatThrownBy(() -> creation.get(10, SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.isNothingDone()).isEqualTo(nothingDone));
        pause.release();
    }
}
