package io.holdfast.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisConnectorTest {
    private final Fixture fixture = new Fixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest(name = "{0} processors: {1}")
    @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "7, 3", "8, 4", "64, 4"})
    void thereAreHalfAsManyEventLoopsAsProcessors_oneToFour(int processors, int eventLoops) {
        assertThat(RedisConnector.eventLoops(processors)).isEqualTo(eventLoops);
    }

    @Test
    void moreConnectionsThanEventLoops_shareThem_andTheyEndWithTheConnector() {
        int loops = RedisConnector.eventLoops(Runtime.getRuntime().availableProcessors());
        try (RedisConnector connector = RedisConnector.create(fixture.settings().build())) {
            Stream.generate(connector::connect).limit(2L * loops).forEach(CompletableFuture::join);

            assertThat(runningEventLoops()).hasSize(loops);
        }

        assertThat(runningEventLoops()).isEmpty();
    }

    private static Stream<Thread> runningEventLoops() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("EventLoop"));
    }
}
