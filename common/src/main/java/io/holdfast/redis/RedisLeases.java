package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.exclusive.LeaseStore;
import io.holdfast.session.LeaseToken;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Leases in Redis: a key beside the record, {@link RedisKeys#lock}, whose value is the holder's token and whose time to live
 * is what is left of the lease. Its name is that of the channel too on which is told that it was given back; the message is
 * empty.
 *
 * <p>All of it goes over the connection for loads, and may be sent twice: a token names one holder. Renewing and giving back
 * compare and write in a script each, which takes one trip.
 */
final class RedisLeases implements LeaseStore {
    private static final System.Logger LOG = System.getLogger(RedisLeases.class.getName());

    /** Answer to {@link #RELEASE}; any other is how many heard of it. */
    private static final long NOT_HELD = -1;

    private static final long NO_TIME_TO_LIVE = -1;

    /** How often a lease that never runs out, which is somebody else's doing, is looked at. */
    private static final Duration FOREIGN = Duration.ofSeconds(1);

    private static final byte[] RENEW = ("if redis.call('GET',KEYS[1])==ARGV[1] then "
                    + "return redis.call('PEXPIRE',KEYS[1],ARGV[2]) end return 0")
            .getBytes(UTF_8);

    /** First the message, since a user who may not send it is to be told just that; nobody gets it before the script has ended. */
    private static final byte[] RELEASE = ("if redis.call('GET',KEYS[1])==ARGV[1] then "
                    + "local heard=redis.call('PUBLISH',KEYS[1],'') redis.call('DEL',KEYS[1]) return heard end return "
                    + NOT_HELD)
            .getBytes(UTF_8);

    private static final byte[] ONE_KEY = {'1'};
    private static final byte[] ONLY_IF_FREE = {'N', 'X'};
    private static final byte[] FOR_MILLIS = {'P', 'X'};

    private final LoadConnection connection;
    private final RedisKeys keys;
    private final StoreHealth health;
    private final WakeUps wakeUps;
    private final FirstRefusal refusal = new FirstRefusal(
            LOG,
            "The lease of an exclusive request could not be given back and has to run out, while others wait for it. Does the user"
                    + " have EVAL, GET, DEL, PEXPIRE, PUBLISH and the channels holdfast:*?");

    RedisLeases(LoadConnection connection, RedisKeys keys, StoreHealth health, WakeUps wakeUps) {
        this.connection = connection;
        this.keys = keys;
        this.health = health;
        this.wakeUps = wakeUps;
    }

    /** Whether the answer to {@code GET} of a lease says that it is the token's. */
    static boolean isHeldBy(LeaseToken token, RedisCall get) {
        return get.answer() instanceof byte[] holder && Arrays.equals(holder, bytes(token));
    }

    @Override
    public Attempt take(String record, LeaseToken token, Duration lease) {
        byte[] key = keys.lock(record);
        List<RedisCall> answers = health.observe(() -> connection.ask(
                record,
                () -> List.of(
                        RedisCall.of(RedisVerb.SET, key, bytes(token), ONLY_IF_FREE, FOR_MILLIS, millis(lease)),
                        RedisCall.of(RedisVerb.GET, key),
                        RedisCall.of(RedisVerb.PTTL, key))));
        return isHeldBy(token, answers.get(1))
                ? new Attempt.Taken()
                : new Attempt.Held(remaining(answers.get(2).number()));
    }

    @Override
    public CompletableFuture<Boolean> renew(String record, LeaseToken token, Duration lease) {
        return script(record, RENEW, bytes(token), millis(lease)).thenApply(answer -> answer > 0);
    }

    /**
     * {@inheritDoc} Tried twice; if both fail, the lease runs out. Not to be held any more at the second try is no loss: the first
     * one may have given it back.
     */
    @Override
    public CompletableFuture<Released> release(String record, LeaseToken token) {
        return script(record, RELEASE, bytes(token))
                .exceptionallyCompose(
                        first -> script(record, RELEASE, bytes(token)).thenApply(again -> Math.max(0, again)))
                .whenComplete((answer, failure) -> refusal.hear(failure))
                .thenApply(answer -> new Released(answer != NOT_HELD, answer > 0));
    }

    @Override
    public WakeUp wakeUp(String record) {
        return wakeUps.of(keys.lock(record));
    }

    @Override
    public void close() {
        wakeUps.close();
    }

    private static Duration remaining(long pttl) {
        return pttl == NO_TIME_TO_LIVE ? FOREIGN : Duration.ofMillis(Math.max(0, pttl));
    }

    private CompletableFuture<Long> script(String record, byte[] script, byte[]... args) {
        byte[][] all = new byte[3 + args.length][];
        all[0] = script;
        all[1] = ONE_KEY;
        all[2] = keys.lock(record);
        System.arraycopy(args, 0, all, 3, args.length);
        RedisCall call = RedisCall.of(RedisVerb.EVAL, all);
        return connection.tell(record, List.of(call)).thenApply(answered -> call.number());
    }

    private static byte[] bytes(LeaseToken token) {
        return token.toString().getBytes(UTF_8);
    }

    private static byte[] millis(Duration duration) {
        return Long.toString(duration.toMillis()).getBytes(UTF_8);
    }
}
