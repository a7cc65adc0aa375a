package io.holdfast.jetty.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.jetty.HoldfastSessionDataStoreFactory;
import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.TestRedis;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.eclipse.jetty.session.AbstractSessionDataStore;
import org.eclipse.jetty.session.SessionContext;
import org.eclipse.jetty.session.SessionData;
import org.eclipse.jetty.session.SessionManager;

/** The sessions of Jetty's suite in Redis, as another node writes and reads them. */
final class StoredSessions implements AutoCloseable {
    private static final int RECORD_DIGITS = 16;

    /** The longest there is: the suite has sessions that ended six hours ago and are still to be found. */
    private static final int GRACE_SECONDS = 86_400;

    private final String prefix = "suite-" + UUID.randomUUID();
    private final RespConnection redis = RespConnection.open(TestRedis.shared().uri());

    /** What another node does with its store. */
    interface Work<T> {
        T with(AbstractSessionDataStore store) throws Exception;
    }

    /** For the store of the suite, whose web application has no path. */
    HoldfastSessionDataStoreFactory factory() {
        return factory("");
    }

    /** Writes the session as another node has left it behind, ended if it is to. */
    void write(SessionManager manager, SessionData data) throws Exception {
        with(manager, data, store -> {
            SessionData written = store.newSessionData(
                    data.getId(),
                    data.getCreated(),
                    data.getAccessed(),
                    data.getLastAccessed(),
                    data.getMaxInactiveMs());
            written.setExpiry(data.getExpiry());
            written.setLastNode(data.getLastNode());
            written.setCookieSet(data.getCookieSet());
            written.putAllAttributes(data.getAllAttributes());
            store.store(data.getId(), written);
            return data;
        });
        if (data.isExpiredAt(System.currentTimeMillis()) && data.getExpiry() > 0) {
            letEnd(data);
        }
    }

    /** Makes the session one that cannot be read. */
    void damage(SessionData data) {
        redis.send("HSET", key(data), "m", "no metadata");
    }

    /** Whether Redis has the session, be it alive or ended and not told. */
    boolean has(SessionData data) {
        if (redis.send("EXISTS", key(data)).number() == 1) {
            return true;
        }
        try {
            // Told ends are forgotten without waiting for the answer
            Awaitility.await()
                    .atMost(Duration.ofMillis(300))
                    .until(() -> redis.send("KEYS", endedKeys(data)).elements().isEmpty());
            return false;
        } catch (ConditionTimeoutException e) {
            return true;
        }
    }

    /** What another node does with the session's store. */
    <T> T with(SessionManager manager, SessionData data, Work<T> work) throws Exception {
        AbstractSessionDataStore store =
                (AbstractSessionDataStore) factory(data.getContextPath()).getSessionDataStore(manager);
        store.initialize(new SessionContext(manager));
        store.start();
        try {
            return work.with(store);
        } finally {
            store.stop();
        }
    }

    @Override
    public void close() {
        redis.close();
    }

    private HoldfastSessionDataStoreFactory factory(String path) {
        HoldfastSessionDataStoreFactory factory = new HoldfastSessionDataStoreFactory();
        factory.setRedisUri(TestRedis.shared().uri());
        factory.setNamespace(namespace(path));
        factory.setSetting("expiryGraceSeconds", String.valueOf(GRACE_SECONDS));
        return factory;
    }

    /** Lets the session's time be over, in the record and in the index. */
    private void letEnd(SessionData data) {
        String record = record(data.getId());
        String index = "holdfast:" + namespace(data.getContextPath()) + ":expiry:" + record.charAt(0);
        redis.send("PEXPIRE", key(data), GRACE_SECONDS * 500L);
        redis.send("ZRANGE", index, 0, -1).texts().stream()
                .filter(member -> member.startsWith(record))
                .forEach(member -> redis.send("ZADD", index, 0, member));
    }

    private String key(SessionData data) {
        return "holdfast:" + namespace(data.getContextPath()) + ":{" + record(data.getId()) + "}";
    }

    private String endedKeys(SessionData data) {
        return key(data) + ":ended:*";
    }

    private String namespace(String path) {
        return prefix + "/" + path.replaceAll("[^A-Za-z0-9]", "");
    }

    private static String record(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, RECORD_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
