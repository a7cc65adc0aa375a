package io.holdfast.expiry;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.Setting;
import io.holdfast.events.SessionEvents;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.TestRedis;
import io.holdfast.redis.RedisSessionStore;
import io.holdfast.session.EndLease;
import io.holdfast.session.EndResult;
import io.holdfast.session.LoadResult;
import io.holdfast.session.NewSession;
import io.holdfast.session.SecretHash;
import io.holdfast.session.SessionEnds;
import io.holdfast.session.SessionIds;
import io.holdfast.session.StoreException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reapers of several nodes on one Redis tell each session's end once, whatever happens to them. */
class ReaperTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration NO_TIME = Duration.ofMillis(50);
    private static final int GRACE_MILLIS = 10_000;

    private final String namespace = "test-" + UUID.randomUUID();
    private final RespConnection redis = RespConnection.open(TestRedis.shared().uri());
    private final Deque<AutoCloseable> closings = new ArrayDeque<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> looked = new CopyOnWriteArrayList<>();
    private final RedisSessionStore store = store(TestRedis.shared().uri());

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closing : closings) {
            closing.close();
        }
        redis.close();
    }

    @Test
    void threeNodesThatLookAtTheSameTime_tellEachSessionOnce() {
        List<String> records =
                IntStream.range(0, 60).mapToObj(i -> endedSession()).toList();
        for (int node = 0; node < 3; node++) {
            reaper(store(TestRedis.shared().uri()), OFTEN).start(new Teller(told::add));
        }

        await().until(() -> keys().isEmpty());
        assertThat(told).containsExactlyInAnyOrderElementsOf(records);
    }

    @Test
    void sessionThatIsPointedOut_isToldWithoutWaitingForASweep() {
        String record = endedSession();
        Reaper reaper = reaper(store, NEVER);
        reaper.start(new Teller(told::add));

        reaper.lookAt(record);

        await().until(() -> told.contains(record));
    }

    @Test
    void sessionThatIsPointedOut_butLivesOrIsGone_isReportedAsSuch() {
        String living = session();
        Reaper reaper = reaper(store, NEVER);
        reaper.start(new Teller(told::add));

        reaper.lookAt(living);
        reaper.lookAt("0123456789abcdef");

        await().until(() -> looked.size() == 2);
        assertThat(looked).containsExactly(living + " true", "0123456789abcdef false");
        assertThat(told).isEmpty();
    }

    @Test
    void untilTheApplicationIsReady_nothingIsTold() {
        String record = endedSession();
        CountDownLatch asked = new CountDownLatch(3);
        Reaper reaper = reaper(store, OFTEN);
        Teller teller = new Teller(told::add) {
            @Override
            public boolean isReady() {
                asked.countDown();
                return asked.getCount() == 0;
            }
        };
        reaper.start(teller);

        await().until(() -> told.contains(record));
        assertThat(asked.getCount()).isZero();
    }

    @Test
    void listenerThatThrows_isToldOnce_andTheNextSessionIsToldToo() {
        List<String> records = List.of(endedSession(), endedSession());
        reaper(store, OFTEN).start(new Teller(record -> {
            told.add(record);
            throw new IllegalStateException("a listener's mistake");
        }));

        await().until(() -> keys().isEmpty());
        assertThat(told).containsExactlyInAnyOrderElementsOf(records);
    }

    @Test
    void whileListenersRun_theLeaseIsRenewed_soThatNobodyTakesOver() {
        String record = endedSession();
        CountDownLatch release = new CountDownLatch(1);
        Reaper slow = reaper(new Reaper(store.ends(), OFTEN, NO_TIME, Duration.ofSeconds(5)));
        slow.start(new Teller(told::add, release));
        await().until(() -> told.contains(record));
        String ended = endedKey(record);
        redis.send("PEXPIRE", ended, GRACE_MILLIS);

        await().until(() -> redis.send("PTTL", ended).number() > GRACE_MILLIS + 20_000);
        release.countDown();
        await().until(() -> keys().isEmpty());
        assertThat(told).containsExactly(record);
    }

    @Test
    void nodeThatStopsWhileListenersRun_waitsForThem() throws Exception {
        String record = endedSession();
        CountDownLatch release = new CountDownLatch(1);
        Reaper stopping = reaper(store, OFTEN);
        stopping.start(new Teller(told::add, release));
        await().until(() -> told.contains(record));

        Thread stop = new Thread(stopping::close, "stop");
        stop.start();
        await().until(() -> stop.getState() == Thread.State.TIMED_WAITING);
        release.countDown();
        stop.join(10_000);

        assertThat(keys()).isEmpty();
        assertThat(told).containsExactly(record);
    }

    @Test
    void nodeThatStopsWhileListenersHang_givesTheLeaseBack_andAnotherNodeTellsThem() {
        String record = endedSession();
        CountDownLatch release = new CountDownLatch(1);
        Reaper stopping = reaper(new Reaper(store.ends(), OFTEN, Duration.ofSeconds(10), NO_TIME));
        stopping.start(new Teller(told::add, release));
        await().until(() -> told.contains(record));
        stopping.close();
        assertThat(redis.send("PTTL", endedKey(record)).number()).isLessThanOrEqualTo(GRACE_MILLIS);

        List<String> toldElsewhere = new CopyOnWriteArrayList<>();
        reaper(store(TestRedis.shared().uri()), OFTEN).start(new Teller(toldElsewhere::add));

        await().until(() -> keys().isEmpty());
        assertThat(toldElsewhere).containsExactly(record);
        release.countDown();
    }

    @Test
    void endWhoseForgettingFails_isForgottenLater_andNotToldAgain() {
        try (FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri())) {
            String record = endedSession();
            proxy.cutInsteadOfSending("DEL");
            reaper(new Reaper(store(proxy.uri()).ends(), OFTEN, NO_TIME, Duration.ofSeconds(5)))
                    .start(new Teller(told::add));

            await().until(() -> keys().isEmpty());
            assertThat(told).containsExactly(record);
        }
    }

    @Test
    void endWhoseForgettingFails_isForgottenLater_thoughTheNextListenerTakesLong() throws Exception {
        String first = endedSession();
        String second = endedSession();
        CountDownLatch secondTold = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Reaper reaper = reaper(new Reaper(failingOnceToForget(store.ends()), NEVER, NO_TIME, Duration.ofSeconds(5)));
        reaper.start(new Teller(record -> {
            told.add(record);
            if (record.equals(second)) {
                secondTold.countDown();
                awaitUninterruptibly(release);
            }
        }));

        reaper.lookAt(first);
        reaper.lookAt(second);
        assertThat(secondTold.await(10, SECONDS)).isTrue();

        await().until(() -> keys().stream().noneMatch(key -> key.contains(first)));
        assertThat(told).containsExactly(first, second);
        release.countDown();
    }

    @Test
    void endThatARequestHolds_isRenewedAndForgotten() {
        String record = session();
        Reaper reaper = reaper(new Reaper(store.ends(), NEVER, NO_TIME, Duration.ofSeconds(5)));

        HeldEnd held = reaper.hold(leaseOf(record));
        redis.send("PEXPIRE", endedKey(record), GRACE_MILLIS);
        await().until(() -> redis.send("PTTL", endedKey(record)).number() > GRACE_MILLIS + 20_000);
        held.told();

        await().until(() -> keys().isEmpty());
    }

    @Test
    void renewalThatFails_keepsNoOtherFromBeingRenewed() {
        Set<String> renewed = ConcurrentHashMap.newKeySet();
        SessionEnds failing = (SessionEnds) Proxy.newProxyInstance(
                ReaperTest.class.getClassLoader(), new Class<?>[] {SessionEnds.class}, (proxy, method, args) -> {
                    if (!method.getName().equals("renew")) {
                        return method.invoke(store.ends(), args);
                    }
                    renewed.add(((EndLease) args[0]).record());
                    throw new OutOfMemoryError("forced");
                });
        String first = session();
        String second = session();
        Reaper reaper = reaper(new Reaper(failing, NEVER, NO_TIME, Duration.ofSeconds(5)));
        reaper.hold(leaseOf(first));
        reaper.hold(leaseOf(second));

        await().until(() -> renewed.containsAll(List.of(first, second)));
    }

    @Test
    void endThatARequestHoldsWhenItsNodeStops_isGivenBack() {
        String record = session();
        Reaper reaper = reaper(new Reaper(store.ends(), NEVER, Duration.ofSeconds(10), NO_TIME));
        HeldEnd held = reaper.hold(leaseOf(record));

        reaper.close();
        held.told(); // too late

        assertThat(redis.send("PTTL", endedKey(record)).number()).isBetween(1L, (long) GRACE_MILLIS);
    }

    @Test
    void endThatARequestTellsWhileItsNodeStops_isForgotten() throws Exception {
        String record = session();
        Reaper reaper = reaper(store, NEVER);
        HeldEnd held = reaper.hold(leaseOf(record));
        Thread stop = new Thread(reaper::close);
        stop.start();
        await().until(() -> stop.getState() == Thread.State.TIMED_WAITING);

        String key = endedKey(record);
        held.told();
        stop.join();

        assertThat(redis.send("EXISTS", key).number()).isZero();
    }

    @Test
    void threads_areDaemonsWithOurClassLoader_andEndWithTheReaper() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        CountDownLatch done = new CountDownLatch(1);
        Thread[] worker = new Thread[1];
        Reaper reaper = reaper(store, NEVER);
        try {
            Thread.currentThread().setContextClassLoader(new ClassLoader(before) {});
            String record = endedSession();
            reaper.start(new Teller(ended -> {
                worker[0] = Thread.currentThread();
                done.countDown();
            }));
            reaper.lookAt(record);
            assertThat(done.await(10, SECONDS)).isTrue();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        assertThat(worker[0].isDaemon()).isTrue();
        assertThat(worker[0].getContextClassLoader()).isSameAs(Reaper.class.getClassLoader());

        reaper.close();

        worker[0].join(10_000);
        assertThat(worker[0].isAlive()).isFalse();
    }

    private class Teller implements EndTeller {
        private final Consumer<String> listener;
        private final CountDownLatch release;

        Teller(Consumer<String> listener) {
            this(listener, new CountDownLatch(0));
        }

        /** The listener then stays until it is released. */
        Teller(Consumer<String> listener, CountDownLatch release) {
            this.listener = listener;
            this.release = release;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void tell(EndLease lease) {
            listener.accept(lease.record());
            awaitUninterruptibly(release); // like a listener that does not care for interrupts
        }

        @Override
        public void looked(String record, boolean alive) {
            looked.add(record + " " + alive);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch release) {
        CompletableFuture.runAsync(() -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .join();
    }

    private static SessionEnds failingOnceToForget(SessionEnds ends) {
        AtomicBoolean failed = new AtomicBoolean();
        return (SessionEnds) Proxy.newProxyInstance(
                ReaperTest.class.getClassLoader(), new Class<?>[] {SessionEnds.class}, (proxy, method, args) -> {
                    boolean fails = method.getName().equals("forget") && failed.compareAndSet(false, true);
                    return fails
                            ? CompletableFuture.failedFuture(new StoreException("the connection is lost"))
                            : method.invoke(ends, args);
                });
    }

    private String session() {
        String record = SessionIds.create(RANDOM::nextBytes).record();
        store.create(new NewSession(record, 0, 1_800, SecretHash.of("secret"), Map.of(), Map.of()));
        return record;
    }

    /** A session whose time is over, and at which the next sweep looks. */
    private String endedSession() {
        String record = session();
        redis.send("PEXPIRE", key(record), GRACE_MILLIS - 1);
        String bucket = "holdfast:" + namespace + ":expiry:" + record.charAt(0);
        for (String member : redis.send("ZRANGE", bucket, 0, -1).texts()) {
            redis.send("ZADD", bucket, "XX", 0, member);
        }
        return record;
    }

    private EndLease leaseOf(String record) {
        LoadResult.Found found = (LoadResult.Found) store.load(record);
        EndResult result = store.end(record, found.snapshot().metadata().createdBy(), 0);
        return ((EndResult.Leased) result).lease();
    }

    private String key(String record) {
        return "holdfast:" + namespace + ":{" + record + "}";
    }

    private String endedKey(String record) {
        return redis.send("KEYS", key(record) + ":ended:*").texts().get(0);
    }

    private List<String> keys() {
        return redis.send("KEYS", "holdfast:" + namespace + ":*").texts();
    }

    private Reaper reaper(RedisSessionStore node, Duration interval) {
        return reaper(new Reaper(node.ends(), interval));
    }

    private Reaper reaper(Reaper reaper) {
        closings.push(reaper);
        return reaper;
    }

    private RedisSessionStore store(String uri) {
        HoldfastSettings settings = HoldfastSettings.builder()
                .set(Setting.REDIS_URI, uri)
                .set(Setting.NAMESPACE, namespace)
                .set(Setting.EXPIRY_GRACE_SECONDS, String.valueOf(GRACE_MILLIS / 1_000))
                .build();
        RedisSessionStore opened = RedisSessionStore.open(settings, SessionEvents.NONE);
        closings.push(opened);
        return opened;
    }
}
