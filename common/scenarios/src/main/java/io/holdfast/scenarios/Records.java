package io.holdfast.scenarios;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.holdfast.localredis.Reply;
import io.holdfast.localredis.RespConnection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What Redis holds of a cluster's sessions, seen with other eyes than those of the product. */
public final class Records implements AutoCloseable {
    /** The default of expiryGraceSeconds. */
    public static final int GRACE_MILLIS = 300_000;

    private static final int RECORD_DIGITS = 16;
    private static final int ID_DIGITS = 48;

    private final RespConnection redis;
    private final String prefix;

    private Records(RespConnection redis, String namespace) {
        this.redis = redis;
        this.prefix = "holdfast:" + namespace + ":{";
    }

    public static Records of(Cluster cluster) {
        return new Records(RespConnection.open(cluster.redisUri()), cluster.namespace());
    }

    /** The key of the session with this id. */
    public String key(String sessionId) {
        return prefix + sessionId.substring(0, RECORD_DIGITS) + "}";
    }

    /** The part of an id that names the record. */
    public static String record(String sessionId) {
        return sessionId.substring(0, RECORD_DIGITS);
    }

    /** The part of an id that proves knowledge of it. */
    public static String secret(String sessionId) {
        return sessionId.substring(RECORD_DIGITS, ID_DIGITS);
    }

    public boolean exists(String sessionId) {
        return redis.send("EXISTS", key(sessionId)).number() == 1;
    }

    /** All keys of the cluster's sessions, also of those that have ended and are not forgotten yet. */
    public List<String> keys() {
        return redis.send("KEYS", prefix + "*").texts();
    }

    /** Version of the record, which each commit raises by one. */
    public long version(String sessionId) {
        return Long.parseLong(redis.send("HGET", key(sessionId), "v").text());
    }

    /** Names and contents of all fields, a byte as the character of the same number. */
    public Map<String, String> fields(String sessionId) {
        Map<String, String> fields = new TreeMap<>();
        redis.send("HGETALL", key(sessionId))
                .fields()
                .forEach((name, value) -> fields.put(name, new String(value.bytes(), ISO_8859_1)));
        return fields;
    }

    /** Content of a field that has to be there. */
    public String field(String sessionId, String name) {
        String content = fields(sessionId).get(name);
        if (content == null) {
            throw new AssertionError("there is no field " + name);
        }
        return content;
    }

    /** Overwrites a field, behind the product's back; characters as in {@link #fields}. */
    public void put(String sessionId, String field, String content) {
        redis.send("HSET", key(sessionId), field, content.getBytes(ISO_8859_1));
    }

    /** The session's time is up at once; what is left is the time in which a node may tell the listeners. */
    public void letExpire(String sessionId) {
        if (redis.send("PEXPIRE", key(sessionId), GRACE_MILLIS - 1_000).number() != 1) {
            throw new AssertionError("there is no such record");
        }
    }

    /** The index of expiry says that the session may have ended, so the next sweep of any node looks at it. */
    public void makeDue(String sessionId) {
        for (String member : indexed(sessionId)) {
            redis.send("ZADD", bucket(sessionId), "XX", 0, member);
        }
    }

    /** How long it is until a sweep looks at the session, in milliseconds. */
    public long millisUntilLook(String sessionId) {
        List<String> time = redis.send("TIME").texts();
        String score = redis.send(
                        "ZSCORE", bucket(sessionId), indexed(sessionId).get(0))
                .text();
        return (long) Double.parseDouble(score) - Long.parseLong(time.get(0)) * 1_000;
    }

    /** Nodes that tell the session's end have not been heard of for too long. */
    public void letLeasesRunOut(String sessionId) {
        endedKeys().stream()
                .filter(key -> key.contains(record(sessionId)))
                .forEach(key -> redis.send("PEXPIRE", key, GRACE_MILLIS - 1_000));
    }

    private List<String> indexed(String sessionId) {
        return redis.send("ZRANGE", bucket(sessionId), 0, -1).texts().stream()
                .filter(member -> member.startsWith(record(sessionId)))
                .toList();
    }

    private String bucket(String sessionId) {
        return prefix.replace("{", "expiry:") + sessionId.charAt(0);
    }

    /** Keys of sessions that have ended and whose listeners are being told, or wait for that. */
    public List<String> endedKeys() {
        return keys().stream().filter(key -> key.contains(":ended:")).toList();
    }

    public Reply send(Object... command) {
        return redis.send(command);
    }

    @Override
    public void close() {
        redis.close();
    }
}
