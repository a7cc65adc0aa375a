package io.holdfast.benchmarks.parts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.TransactionResult;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.BooleanOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.MapOutput;
import io.lettuce.core.output.MultiOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.util.List;
import java.util.Map;

/**
 * The commands that the store sends for one session, made of the driver's own classes, with arguments of the same lengths. What is
 * read is written back: the work is that of Redis and the driver alone.
 */
final class BareRecord {
    private static final ByteArrayCodec CODEC = ByteArrayCodec.INSTANCE;
    private static final byte[] VERSION = {'v'};
    private static final byte[] METADATA = {'m'};
    private static final byte[] TURN = {'t'};

    private final byte[] key;
    private final byte[] writtenField;
    private final byte[] writtenValue;
    private final byte[] timeToLive;

    /**
     * The record behind a key, as it stands in Redis.
     *
     * @param written field that a commit writes
     * @param value of that field
     * @param timeToLiveMillis that a commit gives the key
     */
    BareRecord(String key, String written, byte[] value, long timeToLiveMillis) {
        this.key = key.getBytes(UTF_8);
        this.writtenField = written.getBytes(UTF_8);
        this.writtenValue = value.clone();
        this.timeToLive = Long.toString(timeToLiveMillis).getBytes(UTF_8);
    }

    /** Asks for everything, as a load does. */
    AsyncCommand<byte[], byte[], Map<byte[], byte[]>> everything() {
        return new AsyncCommand<>(command(CommandType.HGETALL, new MapOutput<>(CODEC), key));
    }

    RedisCommand<byte[], byte[], Long> remainingTime() {
        return command(CommandType.PTTL, new IntegerOutput<>(CODEC), key);
    }

    /** Watches the record. */
    RedisCommand<byte[], byte[], String> watch() {
        return command(CommandType.WATCH, new StatusOutput<>(CODEC), key);
    }

    /** Asks for what a commit looks at. */
    RedisCommand<byte[], byte[], List<byte[]>> head() {
        return command(CommandType.HMGET, new ValueListOutput<>(CODEC), key, VERSION, METADATA, TURN);
    }

    /** From MULTI on, without the EXEC. */
    List<RedisCommand<byte[], byte[], ?>> writing(byte[] version, byte[] metadata) {
        return List.of(
                new Command<>(CommandType.MULTI, new StatusOutput<>(CODEC), new CommandArgs<>(CODEC)),
                command(
                        CommandType.HSET,
                        new IntegerOutput<>(CODEC),
                        key,
                        VERSION,
                        version,
                        METADATA,
                        metadata,
                        writtenField,
                        writtenValue),
                command(CommandType.PEXPIRE, new BooleanOutput<>(CODEC), key, timeToLive));
    }

    static AsyncCommand<byte[], byte[], TransactionResult> exec() {
        return new AsyncCommand<>(new Command<>(CommandType.EXEC, new MultiOutput<>(CODEC), new CommandArgs<>(CODEC)));
    }

    private static <T> Command<byte[], byte[], T> command(
            CommandType type, CommandOutput<byte[], byte[], T> output, byte[]... arguments) {
        CommandArgs<byte[], byte[]> all = new CommandArgs<>(CODEC);
        for (byte[] argument : arguments) {
            all.add(argument);
        }
        return new Command<>(type, output, all);
    }
}
