package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One command and its answer. Sent once, as part of an {@link Exchange}. */
final class RedisCall extends Command<byte[], byte[], Object> {
    private final RedisVerb verb;
    private final ReplyOutput reply;
    private @Nullable Exchange exchange;

    private RedisCall(RedisVerb verb, ReplyOutput reply, CommandArgs<byte[], byte[]> args) {
        super(verb.keyword(), reply, args);
        this.verb = verb;
        this.reply = reply;
    }

    static RedisCall of(RedisVerb verb, byte[]... args) {
        return of(verb, List.of(args));
    }

    static RedisCall of(RedisVerb verb, List<byte[]> args) {
        CommandArgs<byte[], byte[]> commandArgs = new CommandArgs<>(ByteArrayCodec.INSTANCE);
        args.forEach(commandArgs::add);
        return new RedisCall(verb, new ReplyOutput(), commandArgs);
    }

    /** A command on some fields of a hash. */
    static RedisCall ofFields(RedisVerb verb, byte[] key, List<byte[]> fields) {
        List<byte[]> args = new ArrayList<>(1 + fields.size());
        args.add(key);
        args.addAll(fields);
        return of(verb, args);
    }

    static RedisCall expire(byte[] key, long millis) {
        return of(RedisVerb.PEXPIRE, key, Long.toString(millis).getBytes(US_ASCII));
    }

    RedisVerb verb() {
        return verb;
    }

    void sentWith(Exchange sent) {
        exchange = sent;
    }

    /** The answer: null, {@code Long}, {@code byte[]}, {@link RedisError} or a list of those. */
    @Nullable
    Object answer() {
        return reply.reply();
    }

    /** The error in the answer, be it the answer itself or one of a list's; null: there is none. */
    @Nullable
    RedisError error() {
        Object answer = answer();
        if (answer instanceof List<?> list) {
            for (Object part : list) {
                if (part instanceof RedisError error) {
                    return error;
                }
            }
        }
        return answer instanceof RedisError error ? error : null;
    }

    /** The answer of a command that answers with a number. */
    long number() {
        if (answer() instanceof Long number) {
            return number;
        }
        throw unexpected("a number");
    }

    /** The answer of a command that answers with a list. */
    @SuppressWarnings("unchecked") // ReplyOutput makes no other lists
    List<@Nullable Object> list() {
        if (answer() instanceof List<?> list) {
            return (List<@Nullable Object>) list;
        }
        throw unexpected("a list");
    }

    private IllegalStateException unexpected(String expected) {
        return new IllegalStateException("Redis answered " + verb.name() + " with something that is not " + expected);
    }

    @Override
    public void complete() {
        super.complete();
        if (exchange != null) {
            exchange.callAnswered();
        }
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        if (exchange != null) {
            exchange.callFailed();
        }
        boolean result = super.completeExceptionally(failure);
        if (exchange != null) {
            exchange.fail(failure);
        }
        return result;
    }

    @Override
    public void cancel() {
        if (exchange != null) {
            exchange.callFailed();
        }
        super.cancel();
        if (exchange != null) {
            exchange.fail(new BrokenConnectionException("the command was cancelled", null));
        }
    }
}
