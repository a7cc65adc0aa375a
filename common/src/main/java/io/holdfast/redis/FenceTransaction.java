package io.holdfast.redis;

import java.util.List;
import java.util.function.Supplier;

/**
 * Makes sure that a record which does not exist is not being created at this moment by an earlier look: whoever has looked at
 * it and not written yet has to look again, because the key has changed. The result is whether the record exists; then nothing
 * is done.
 *
 * <p>Sessions are entered in the index right before their creation looks. So an entry that was removed before this returns false
 * either comes back or stands for nothing.
 */
final class FenceTransaction implements Transaction<Boolean> {
    private static final byte[] ANYTHING = {'0'};

    private final String record;
    private final byte[] key;
    private final Supplier<List<RedisCall>> before;

    FenceTransaction(String record, RedisKeys keys) {
        this(record, keys, List::of);
    }

    /** {@code before}: commands on other keys, to be sent first. */
    FenceTransaction(String record, RedisKeys keys, Supplier<List<RedisCall>> before) {
        this.record = record;
        this.before = before;
        key = keys.key(record);
    }

    @Override
    public String record() {
        return record;
    }

    @Override
    public List<byte[]> watched() {
        return List.of(key);
    }

    @Override
    public List<RedisCall> before() {
        return before.get();
    }

    @Override
    public List<RedisCall> look() {
        return List.of(RedisCall.of(RedisVerb.EXISTS, key));
    }

    @Override
    public Decision<Boolean> decide(List<RedisCall> answers) {
        if (answers.get(0).number() > 0) {
            return new Decision.Answer<>(true);
        }
        return new Decision.Write<>(
                List.of(
                        RedisCall.of(RedisVerb.HSET, key, RedisKeys.version(), ANYTHING),
                        RedisCall.of(RedisVerb.DEL, key)),
                false);
    }

    /** Once more is once more. */
    @Override
    public void outcomeUnknown() {}
}
