package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes any answer as it comes: null, {@code Long}, {@code byte[]}, {@link RedisError}, or a list of those. An error is a
 * value here, also inside a list, so that the answer to EXEC shows which of its commands failed.
 */
final class ReplyOutput extends CommandOutput<byte[], byte[], Object> {
    private @Nullable Deque<List<@Nullable Object>> openLists; // most answers have none
    private @Nullable Object reply;

    @SuppressWarnings("NullAway") // Lettuce's outputs start without a value
    ReplyOutput() {
        super(ByteArrayCodec.INSTANCE, null);
    }

    @Nullable
    Object reply() {
        return reply;
    }

    @Override
    public void set(@Nullable ByteBuffer bytes) {
        add(bytes == null ? null : copy(bytes));
    }

    @Override
    public void set(long integer) {
        add(integer);
    }

    @Override
    public void setError(ByteBuffer error) {
        add(new RedisError(UTF_8.decode(error).toString()));
    }

    @Override
    public void multi(int count) {
        if (count < 0) {
            add(null);
            return;
        }
        List<@Nullable Object> list = new ArrayList<>(count);
        add(list);
        if (openLists == null) {
            openLists = new ArrayDeque<>();
        }
        openLists.push(list);
    }

    @Override
    public void complete(int depth) {
        if (openLists != null && openLists.size() > depth) {
            openLists.pop();
        }
    }

    private void add(@Nullable Object value) {
        List<@Nullable Object> list = openLists == null ? null : openLists.peek();
        if (list == null) {
            reply = value;
        } else {
            list.add(value);
        }
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }
}
