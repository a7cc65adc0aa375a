package io.holdfast.jetty.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.config.InvalidSettingException;
import io.holdfast.jetty.HoldfastSessionDataStoreFactory;
import io.holdfast.jetty.HoldfastSessionIdManager;
import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.TestRedis;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.session.DefaultSessionIdManager;
import org.eclipse.jetty.session.SessionContext;
import org.eclipse.jetty.session.SessionData;
import org.eclipse.jetty.session.SessionDataStore;
import org.eclipse.jetty.session.SessionIdManager;
import org.eclipse.jetty.session.TestableSessionManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store does with the session data of two nodes, without any cache. */
class StoreTest {
    private static final int HALF_AN_HOUR = 1_800_000;

    private final String namespace = "store-" + UUID.randomUUID();
    private final RespConnection redis = RespConnection.open(TestRedis.shared().uri());
    private final Server server = new Server();
    private final HoldfastSessionIdManager ids = new HoldfastSessionIdManager(server);
    private final List<SessionDataStore> stores = new ArrayList<>();
    private SessionDataStore a;
    private SessionDataStore b;
    private String id;

    @BeforeEach
    void startTwoNodes() throws Exception {
        ids.setWorkerName("a");
        server.addBean(ids, true);
        server.start();
        a = start(factory(), ids);
        b = start(factory(), ids);
        id = ids.newSessionId(0);
    }

    @AfterEach
    void stop() throws Exception {
        for (SessionDataStore store : stores) {
            store.stop();
        }
        server.stop();
        redis.close();
    }

    @Test
    void saves_ofDifferentAttributes_areBothKept() throws Exception {
        create(a, id);
        SessionData onA = a.load(id);
        SessionData onB = b.load(id);

        onA.setAttribute("x", "1");
        onB.setAttribute("y", "2");
        a.store(id, onA);
        b.store(id, onB);

        assertThat(a.load(id).getAllAttributes()).containsOnlyKeys("user", "x", "y");
    }

    @Test
    void save_ofWhatWasOnlyRead_writesNothing() throws Exception {
        create(a, id);
        String version = version();
        SessionData onB = b.load(id);

        assertThat(onB.getAttribute("user")).isEqualTo("ada");
        onB.calcAndSetExpiry();
        b.store(id, onB);

        assertThat(version()).isEqualTo(version);
    }

    @Test
    void save_afterAnotherNodeEndedTheSession_doesNotBringItBack() throws Exception {
        create(a, id);
        SessionData onB = b.load(id);
        onB.setAttribute("late", "1");

        assertThat(a.delete(id)).isTrue();
        b.store(id, onB);

        assertThat(a.exists(id)).isFalse();
        assertThat(b.load(id)).isNull();
        assertThat(onB.isExpiredAt(System.currentTimeMillis())).isTrue();
    }

    @Test
    void save_ofASessionSavedBefore_thatIsNotThere_createsNone() throws Exception {
        SessionData data = a.newSessionData(id, 1, 1, 1, HALF_AN_HOUR);
        data.setLastSaved(1);
        data.setAttribute("user", "ada");

        a.store(id, data);

        assertThat(a.load(id)).isNull();
    }

    @Test
    void save_withoutAnAccess_doesNotKeepTheSessionAlive() throws Exception {
        long now = System.currentTimeMillis();
        SessionData data = a.newSessionData(id, now, now, now, 5_000);
        a.store(id, data);
        long touchInterval = 5_000 / 20;
        long atFirst = redis.send("PTTL", key()).number();
        Awaitility.await().until(() -> redis.send("PTTL", key()).number() < atFirst - 2 * touchInterval);

        data.setMetaDataDirty(true);
        a.store(id, data);
        Awaitility.await()
                .during(touchInterval, TimeUnit.MILLISECONDS)
                .until(() -> redis.send("PTTL", key()).number() < atFirst - 2 * touchInterval);

        data.setAccessed(System.currentTimeMillis());
        data.setMetaDataDirty(true);
        a.store(id, data);
        Awaitility.await().until(() -> redis.send("PTTL", key()).number() > atFirst - 2 * touchInterval);
    }

    @Test
    void attributeThatCannotBeStored_isRefused_bySetting() throws Exception {
        HoldfastSessionDataStoreFactory strict = factory();
        strict.setSetting("nonSerializableAttribute", "reject");
        SessionData data = start(strict, ids).newSessionData(id, 1, 1, 1, HALF_AN_HOUR);

        assertThatThrownBy(() -> data.setAttribute("thread", new Thread()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("thread");
    }

    @Test
    void attributeThatCannotBeRead_isNull_orThrowsBySetting() throws Exception {
        HoldfastSessionDataStoreFactory strict = factory();
        strict.setSetting("unreadableAttribute", "throw");
        SessionDataStore strictStore = start(strict, ids);
        create(a, id);
        redis.send("HSET", key(), "@user", "damaged");

        assertThat(a.load(id).getAttribute("user")).isNull();
        assertThatThrownBy(() -> strictStore.load(id).getAttribute("user"))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining("user");
    }

    @Test
    void sessionThatIsOverHere_butWasUsedElsewhere_isNotOver() throws Exception {
        create(a, id);
        SessionData onA = a.load(id);
        onA.setExpiry(1);

        assertThat(onA.isExpiredAt(System.currentTimeMillis())).isFalse();
        assertThat(onA.getExpiry()).isGreaterThan(System.currentTimeMillis());
    }

    @Test
    void sessionThatIsOverHere_andEndedElsewhere_isOver() throws Exception {
        create(a, id);
        SessionData onA = a.load(id);
        b.delete(id);
        onA.setExpiry(1);

        assertThat(onA.isExpiredAt(System.currentTimeMillis())).isTrue();
    }

    @Test
    void changeOfTheId_isValidAtOnce_andSavesOfOthersAreKept() throws Exception {
        create(a, id);
        SessionData onA = a.load(id);
        SessionData onB = b.load(id);
        String renewed = renewed();

        onA.setId(renewed);

        assertThat(b.exists(id)).isFalse();
        assertThat(b.exists(renewed)).isTrue();
        assertThat(a.delete(id)).isFalse();
        onB.setAttribute("late", "1");
        b.store(id, onB);
        assertThat(a.load(renewed).getAttribute("late")).isEqualTo("1");
    }

    @Test
    void idWithAnotherSecret_findsNothing_andEndsNothing() throws Exception {
        create(a, id);
        String forged = renewed();

        assertThat(a.load(forged)).isNull();
        assertThat(a.exists(forged)).isFalse();
        assertThat(a.delete(forged)).isFalse();
        assertThat(a.exists(id)).isTrue();
    }

    @Test
    void idWithAnotherSecret_ofASessionWhoseTimeIsOver_leavesItToOthers() throws Exception {
        create(a, id);
        redis.send("PEXPIRE", key(), 200_000);

        assertThat(a.load(renewed())).isNull();

        Awaitility.await().until(() -> b.getExpired(new HashSet<>()).size() == 1);
    }

    @Test
    void idOfAnotherForm_isNotLookedFor() throws Exception {
        assertThat(a.load("node01w2x3y4z5")).isNull();
        assertThat(a.exists("node01w2x3y4z5")).isFalse();
        assertThatThrownBy(() -> a.newSessionData("node01w2x3y4z5", 1, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withJettysOwnIds_aChangeOfTheIdMovesTheSession() throws Exception {
        DefaultSessionIdManager jettysIds = new DefaultSessionIdManager(server);
        SessionDataStore store = start(factory(), jettysIds);
        create(store, "old1");
        SessionData data = store.load("old1");

        data.setId("new1");
        data.setLastSaved(0);
        store.delete("old1");
        store.store("new1", data);

        assertThat(store.exists("old1")).isFalse();
        assertThat(store.load("new1").getAttribute("user")).isEqualTo("ada");
    }

    @Test
    void endOfASession_isTakenOnByOneNode_andFoundUntilItIsTold() throws Exception {
        create(a, id);
        redis.send("PEXPIRE", key(), 200_000);

        assertThat(a.exists(id)).isFalse();
        SessionData ended = a.load(id);
        assertThat(ended.isExpiredAt(System.currentTimeMillis())).isTrue();
        assertThat(ended.getAttribute("user")).isEqualTo("ada");
        assertThat(b.load(id)).isNull();

        assertThat(a.delete(id)).isTrue();
        Awaitility.await()
                .until(() -> redis.send("KEYS", key() + "*").elements().isEmpty());
    }

    @Test
    void recordOfAnotherContainer_isRead_andWhatThatKeepsInItStays() throws Exception {
        create(a, id);
        byte[] state = redis.send("HGET", key(), "$jetty").bytes();
        redis.send("HDEL", key(), "$jetty");
        redis.send("HSET", key(), "$others", state);

        SessionData data = b.load(id);
        assertThat(data.getAttribute("user")).isEqualTo("ada");
        assertThat(data.getMaxInactiveMs()).isEqualTo(HALF_AN_HOUR);
        assertThat(data.isExpiredAt(System.currentTimeMillis())).isFalse();
        data.setAttribute("x", "1");
        b.store(id, data);

        assertThat(redis.send("HGET", key(), "$others").bytes()).isEqualTo(state);
        assertThat(redis.send("HEXISTS", key(), "$jetty").number()).isEqualTo(1);
    }

    @Test
    void wrongSetting_stopsTheStart() {
        assertThatThrownBy(() -> factory().setSetting("redisUrl", "x"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("redisUrl");
        HoldfastSessionDataStoreFactory wrong = factory();
        wrong.setSetting("commitLanes", "many");
        assertThatThrownBy(() -> start(wrong, ids))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("commitLanes");
    }

    @Test
    void secondApplicationWithTheSameNamespace_isRefused() throws Exception {
        HoldfastSessionDataStoreFactory factory = factory();
        start(factory, ids);

        assertThatThrownBy(() -> start(factory, ids))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(namespace);
    }

    @Test
    void exclusiveRequests_areRefused_becauseTheyCannotBeHadYet() {
        HoldfastSessionDataStoreFactory exclusive = factory();
        exclusive.setSetting("exclusive", "session");

        assertThatThrownBy(() -> start(exclusive, ids))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("exclusive");
    }

    private HoldfastSessionDataStoreFactory factory() {
        HoldfastSessionDataStoreFactory factory = new HoldfastSessionDataStoreFactory();
        factory.setRedisUri(TestRedis.shared().uri());
        factory.setNamespace(namespace);
        return factory;
    }

    private SessionDataStore start(HoldfastSessionDataStoreFactory factory, SessionIdManager idManager)
            throws Exception {
        TestableSessionManager manager = new TestableSessionManager();
        manager.setServer(server);
        manager.setSessionIdManager(idManager);
        SessionDataStore store = factory.getSessionDataStore(manager);
        store.initialize(new SessionContext(manager));
        store.start();
        stores.add(store);
        return store;
    }

    private static void create(SessionDataStore store, String id) throws Exception {
        long now = System.currentTimeMillis();
        SessionData data = store.newSessionData(id, now, now, now, HALF_AN_HOUR);
        data.setAttribute("user", "ada");
        store.store(id, data);
    }

    /** Another id of the same record. */
    private String renewed() {
        String other = ids.newSessionId(0);
        return id.substring(0, 16) + other.substring(16);
    }

    private String version() {
        return redis.send("HGET", key(), "v").text();
    }

    private String key() {
        return "holdfast:" + namespace + ":{" + id.substring(0, 16) + "}";
    }
}
