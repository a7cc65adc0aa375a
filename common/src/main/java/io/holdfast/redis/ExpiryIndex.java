package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.session.CommitId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The commands of the index that tells which sessions may have ended.
 *
 * <pre>
 * key     holdfast:NAMESPACE:expiry:DIGIT   sixteen sorted sets, by the first digit of the record
 * member  RECORD:CREATION                   one session
 * score   milliseconds since the epoch by Redis's clock: before that the session does not end
 * </pre>
 *
 * <p>An entry is written before what it stands for, and by a command of its own, because in a cluster it lives elsewhere. So an
 * entry can stand for nothing, which costs a look, and its time can be too early, which does too; never too late. Sessions that
 * never end have no entry.
 *
 * <h2>Fences</h2>
 *
 * A sweep reads an entry, looks at its session, and writes the entry. Somebody else may change the session behind that look, and
 * enter it before or behind it. So
 *
 * <ul>
 *   <li>whoever brings a session or its end nearer first watches its fence, then writes the entry, then looks, then writes the record;
 *   <li>a sweep reads the entry, breaks the fence, looks, and writes the entry only if nobody has since it was read.
 * </ul>
 *
 * If the entry was written before the sweep has read it, then its writer was watching before the fence was broken. So either its
 * record is there at the sweep's look, or it has to begin again, and writes the entry once more. Neither needs the other to live on.
 *
 * <p>Who wants a session looked at by the next sweep gives it a random time before the epoch. So a sweep that is under way, and
 * has read the entry before, can tell that somebody has written it since.
 *
 * <p>Every bucket has a time to live, which reaches a day beyond its last entry at least: when an application is retired, its index goes.
 */
final class ExpiryIndex {
    /** Entries that are read at once. */
    static final int BATCH = 100;

    /** So that doubles, which scores are, hold it exactly. */
    private static final long MOST_BEFORE_EPOCH = 1L << 52;

    /**
     * End of a script that writes to the bucket in KEYS[1]: gives it the time to live in ARGV[1], in milliseconds, and an hour more, so that
     * it need not be set again with the next entry. Never shortens that: other nodes may have entered sessions that need it.
     */
    static final String KEEP_AT_LEAST =
            "if redis.call('PTTL',KEYS[1])<tonumber(ARGV[1]) then redis.call('PEXPIRE',KEYS[1],ARGV[1]+3600000) end";

    private static final byte[] KEEP = KEEP_AT_LEAST.getBytes(US_ASCII);

    /** In one step, so that a bucket has a time to live from its first entry on. */
    private static final byte[] ENTER =
            ("redis.call('ZADD',KEYS[1],ARGV[2],ARGV[3]) " + KEEP_AT_LEAST).getBytes(US_ASCII);

    private static final byte[] BREAK =
            "redis.call('HSET',KEYS[1],'v','0') redis.call('DEL',KEYS[1])".getBytes(US_ASCII);

    private static final byte[] ONE_KEY = {'1'};
    private static final byte[] ZERO = {'0'};
    private static final byte[] LEAST = "-inf".getBytes(US_ASCII);
    private static final byte[] LIMIT = "LIMIT".getBytes(US_ASCII);
    private static final byte[] WITH_SCORES = "WITHSCORES".getBytes(US_ASCII);
    private static final byte[] ONLY_PRESENT = "XX".getBytes(US_ASCII);
    private static final Duration SPARE = Duration.ofDays(1);

    private final RedisKeys keys;
    private final RedisClock clock;
    private final long spareMillis;

    ExpiryIndex(RedisKeys keys, RedisClock clock, TimeToLive timeToLive) {
        this.keys = keys;
        this.clock = clock;
        spareMillis = SPARE.toMillis() + timeToLive.millisOfLease();
    }

    /** An entry as a sweep has read it: a member, and the score it had. Arrays are compared by identity. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Seen(byte[] member, byte[] score) {}

    /** One session in the index. */
    record Entry(String record, CommitId createdBy) {
        private static final HexFormat HEX = HexFormat.of();

        private byte[] member() {
            return (record + ":" + RedisKeys.creation(createdBy)).getBytes(UTF_8);
        }

        private static @Nullable Entry of(byte[] member) {
            String text = new String(member, UTF_8);
            int colon = text.indexOf(':');
            int minus = text.indexOf('-', colon + 1);
            if (colon < 1 || minus < 0) {
                return null;
            }
            try {
                long node = HexFormat.fromHexDigitsToLong(text, colon + 1, minus);
                long sequence = HexFormat.fromHexDigitsToLong(text, minus + 1, text.length());
                Entry entry = new Entry(text.substring(0, colon), new CommitId(node, sequence));
                return isDigit(text.charAt(0)) ? entry : null;
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        private static boolean isDigit(char c) {
            return HexFormat.isHexDigit(c) && HEX.toLowHexDigit(HexFormat.fromHexDigit(c)) == c;
        }
    }

    /** Enters a session that does not end for so long; if Redis's time is not known, the next sweep looks at it. */
    RedisCall enter(Entry entry, long millisUntilEnd) {
        if (!clock.isKnown()) {
            return due(entry, millisUntilEnd);
        }
        return enter(entry, number(clock.millis() + millisUntilEnd), millisUntilEnd);
    }

    /** Enters a session at which the next sweep shall look, because it is not known yet when it ends; latest in so long. */
    RedisCall due(Entry entry, long millisUntilEnd) {
        return enter(entry, someTimeBeforeEpoch(), millisUntilEnd);
    }

    /** Puts an entry off if it is there; another node may have removed it. */
    RedisCall putOff(Entry entry, long millis) {
        return RedisCall.of(RedisVerb.ZADD, key(entry), ONLY_PRESENT, number(clock.millis() + millis), entry.member());
    }

    /** Has the next sweep look at an entry if it is there. */
    RedisCall dueAgain(Entry entry) {
        return RedisCall.of(RedisVerb.ZADD, key(entry), ONLY_PRESENT, someTimeBeforeEpoch(), entry.member());
    }

    RedisCall remove(Entry entry) {
        return RedisCall.of(RedisVerb.ZREM, key(entry), entry.member());
    }

    /** Asks for entries whose time has come, the earliest first, {@link #BATCH} at most. */
    RedisCall askForDue(int bucket) {
        return RedisCall.of(
                RedisVerb.ZRANGEBYSCORE,
                key(bucket),
                LEAST,
                number(clock.millis()),
                WITH_SCORES,
                LIMIT,
                ZERO,
                number(BATCH));
    }

    /** The answer to {@link #askForDue}. */
    static List<Seen> seen(List<@Nullable Object> due) {
        List<Seen> seen = new ArrayList<>();
        for (int i = 0; i + 1 < due.size(); i += 2) {
            if (due.get(i) instanceof byte[] member && due.get(i + 1) instanceof byte[] score) {
                seen.add(new Seen(member, score));
            }
        }
        return seen;
    }

    /** Asks for the entry with the latest time, and that. */
    RedisCall askForLast(int bucket) {
        return RedisCall.of(RedisVerb.ZREVRANGE, key(bucket), ZERO, ZERO, WITH_SCORES);
    }

    /** Keeps a bucket for as long as its latest entry needs it, which the answer to {@link #askForLast} tells. */
    RedisCall keepAfter(int bucket, List<@Nullable Object> last) {
        long end = last.size() < 2 || !(last.get(1) instanceof byte[] score)
                ? 0
                : (long) Double.parseDouble(new String(score, US_ASCII));
        return RedisCall.of(RedisVerb.EVAL, KEEP, ONE_KEY, key(bucket), toLiveBehind(end));
    }

    /** For how long a bucket is needed that has an entry for then, in milliseconds since the epoch by Redis's clock. */
    byte[] toLiveBehind(long millis) {
        return number(toLive(millis - clock.millis()));
    }

    /** The entry that a member is, or null when it is none. */
    @Nullable
    Entry entry(byte[] member) {
        return Entry.of(member);
    }

    /** Makes whoever watches a fence look again; writes nothing that stays. */
    static RedisCall fence(byte[] key) {
        return RedisCall.of(RedisVerb.EVAL, BREAK, ONE_KEY, key);
    }

    private RedisCall enter(Entry entry, byte[] score, long millisToKeep) {
        byte[] key = key(entry);
        return RedisCall.of(RedisVerb.EVAL, ENTER, ONE_KEY, key, number(toLive(millisToKeep)), score, entry.member());
    }

    private long toLive(long millis) {
        return Math.max(0, millis) + spareMillis;
    }

    /** The key of an entry's bucket. */
    byte[] key(Entry entry) {
        return key(bucket(entry));
    }

    byte[] key(int bucket) {
        return keys.expiry(HexFormat.of().toLowHexDigit(bucket));
    }

    private static int bucket(Entry entry) {
        return HexFormat.fromHexDigit(entry.record.charAt(0));
    }

    private static byte[] someTimeBeforeEpoch() {
        return number(-ThreadLocalRandom.current().nextLong(1, MOST_BEFORE_EPOCH));
    }

    /** A score. */
    static byte[] number(long value) {
        return Long.toString(value).getBytes(US_ASCII);
    }
}
