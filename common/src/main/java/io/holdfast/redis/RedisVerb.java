package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.protocol.ProtocolKeyword;
import java.util.Locale;

/** The commands this package sends. */
enum RedisVerb {
    WATCH,
    UNWATCH,
    EXISTS,
    HMGET,
    HGETALL,
    PTTL,
    MULTI,
    HSET,
    HDEL,
    DEL,
    PEXPIRE,
    RENAME,
    HGET,
    XADD,
    SET,
    GET,
    EVAL,
    EVALSHA,
    ZADD,
    ZREM,
    ZRANGEBYSCORE,
    ZREVRANGE,
    TIME,
    EXEC;

    @SuppressWarnings("ImmutableEnumChecker") // it is, in Keyword
    private final ProtocolKeyword keyword = new Keyword(name());

    /** What Lettuce sends. */
    ProtocolKeyword keyword() {
        return keyword;
    }

    /**
     * Stands in for Lettuce's own keywords, because Lettuce's connection object looks for the names MULTI and EXEC to keep a
     * transaction state of its own. That state belongs to the connection, not to the flush: it would swap the outputs of our
     * commands. Lettuce looks at {@link #toString()}, Redis gets {@link #getBytes()}.
     */
    private static final class Keyword implements ProtocolKeyword {
        private final byte[] bytes;
        private final String text;

        Keyword(String name) {
            bytes = name.getBytes(US_ASCII);
            text = name.toLowerCase(Locale.ROOT);
        }

        @Override
        public byte[] getBytes() {
            return bytes;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
