package io.holdfast.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.Setting;
import io.netty.resolver.AddressResolver;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisConnectorTest {
    private static final int LOOPS =
            RedisConnector.eventLoops(Runtime.getRuntime().availableProcessors());

    private final Fixture fixture = new Fixture();
    private final CountDownLatch nameServerAnswers = new CountDownLatch(1);

    @AfterEach
    void close() {
        nameServerAnswers.countDown();
        fixture.close();
    }

    @ParameterizedTest(name = "{0} processors: {1}")
    @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "7, 3", "8, 4", "64, 4"})
    void thereAreHalfAsManyEventLoopsAsProcessors_oneToFour(int processors, int eventLoops) {
        assertThat(RedisConnector.eventLoops(processors)).isEqualTo(eventLoops);
    }

    @Test
    void moreConnectionsThanEventLoops_shareThem_andTheyEndWithTheConnector() {
        try (RedisConnector connector = RedisConnector.create(settings("10000"))) {
            connect(connector, 2 * LOOPS);

            assertThat(runningEventLoops()).hasSize(LOOPS);
        }

        await().untilAsserted(() -> assertThat(runningEventLoops()).isEmpty());
    }

    @Test
    void connectionsThatAreOpen_areServed_whileTheNameServerIsAskedForMore() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(LOOPS + 1);
        HostLookup.Jvm lookup = host -> {
            slow.countDown();
            if (slow.getCount() == 0) {
                asked.countDown();
                awaitNameServer();
            }
            return InetAddress.getByName(host);
        };
        try (RedisConnector connector = RedisConnector.create(settings("10000"), lookup)) {
            List<Wire> open = connect(connector, LOOPS);
            CompletableFuture<Wire> another = connector.connect();
            asked.await();

            for (Wire wire : open) {
                RedisCall time = RedisCall.of(RedisVerb.TIME);
                wire.send(List.of(time)).answered().get(5, SECONDS);
                assertThat(time.list()).hasSize(2);
            }
            assertThat(another).isNotDone();
            nameServerAnswers.countDown();

            assertThat(another.get(5, SECONDS).isOpen()).isTrue();
        }
    }

    @Test
    void nameServerThatDoesNotAnswer_isWaitedForNoLongerThanForACommand() {
        HostLookup.Jvm lookup = host -> {
            awaitNameServer();
            return InetAddress.getByName(host);
        };
        try (RedisConnector connector = RedisConnector.create(settings("100"), lookup)) {
            assertThatThrownBy(() -> connector.connect().get(5, SECONDS))
                    .rootCause()
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("within 100 ms");
        }
    }

    @Test
    void lookupsGivenUp_whileTheyWaitedBehindAnother_areNotAskedForAnyMore() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        EventExecutor executor = new DefaultEventExecutor();
        HostLookup.Jvm jvm = host -> {
            asked.add(host);
            awaitNameServer();
            return InetAddress.getByAddress(host, new byte[] {10, 0, 0, 1});
        };
        try (HostLookup lookup = new HostLookup(jvm, Duration.ofSeconds(2))) {
            AddressResolver<InetSocketAddress> resolver = lookup.getResolver(executor);
            for (var givenUp : Stream.of("hangs", "waits", "waits-too")
                    .map(host -> resolver.resolve(port(host)))
                    .toList()) {
                assertThatThrownBy(() -> givenUp.get(10, SECONDS)).rootCause().hasMessageContaining("within 2000 ms");
            }
            nameServerAnswers.countDown();

            assertThat(resolver.resolve(port("next")).get(5, SECONDS).getHostString())
                    .isEqualTo("next");
            assertThat(asked).containsExactly("hangs", "next");
        } finally {
            executor.shutdownGracefully(0, 0, SECONDS).awaitUninterruptibly();
        }
    }

    @Test
    void close_doesNotWaitForTheNameServer() {
        CountDownLatch asked = new CountDownLatch(1);
        RedisConnector connector = RedisConnector.create(settings("10000"), host -> {
            asked.countDown();
            awaitNameServer();
            return InetAddress.getByName(host);
        });
        var unused = connector.connect();
        await().untilAsserted(() -> assertThat(asked.getCount()).isZero());

        connector.close();

        await().untilAsserted(() -> assertThat(runningEventLoops()).isEmpty());
        assertThat(nameServerAnswers.getCount()).isOne();
    }

    @Test
    void lookup_ofAllAddresses_hasTheOne() throws Exception {
        InetAddress address = InetAddress.getByAddress("redis", new byte[] {10, 0, 0, 1});
        EventExecutor executor = new DefaultEventExecutor();
        try (HostLookup lookup = new HostLookup(host -> address, Duration.ofSeconds(10))) {
            assertThat(lookup.getResolver(executor).resolveAll(port("redis")).get(5, SECONDS))
                    .containsExactly(new InetSocketAddress(address, 6_379));
        } finally {
            executor.shutdownGracefully(0, 0, SECONDS).awaitUninterruptibly();
        }
    }

    private static InetSocketAddress port(String host) {
        return InetSocketAddress.createUnresolved(host, 6_379);
    }

    private HoldfastSettings settings(String commandTimeoutMillis) {
        return fixture.settings()
                .set(Setting.COMMAND_TIMEOUT_MILLIS, commandTimeoutMillis)
                .build();
    }

    private static List<Wire> connect(RedisConnector connector, int connections) {
        return Stream.generate(connector::connect)
                .limit(connections)
                .map(CompletableFuture::join)
                .toList();
    }

    private void awaitNameServer() {
        try {
            nameServerAnswers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Stream<Thread> runningEventLoops() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("EventLoop"));
    }
}
