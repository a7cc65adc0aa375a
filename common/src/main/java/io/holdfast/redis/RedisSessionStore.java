package io.holdfast.redis;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.events.SessionEvents;
import io.holdfast.exclusive.LeaseStore;
import io.holdfast.session.CommitId;
import io.holdfast.session.CommitResult;
import io.holdfast.session.CreateResult;
import io.holdfast.session.EndResult;
import io.holdfast.session.KnownCopy;
import io.holdfast.session.LoadResult;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.NewSession;
import io.holdfast.session.SessionDelta;
import io.holdfast.session.SessionEnds;
import io.holdfast.session.SessionSnapshot;
import io.holdfast.session.SessionStore;
import io.holdfast.session.StoreException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in Redis, one hash each.
 *
 * <ul>
 *   <li>Reads and sweeps of the index share one connection: one flush and one wait each.
 *   <li>Commits, creations and ends check before they write and go over lanes: two flushes and one wait each. So do touches, for
 *       which nobody waits.
 * </ul>
 *
 * Connections are opened when they are first needed, so the container starts without Redis, and again after they were lost.
 * While Redis cannot be reached, operations fail at once.
 */
public final class RedisSessionStore implements SessionStore {
    private static final System.Logger LOG = System.getLogger(RedisSessionStore.class.getName());

    /** Has not the form of a record's name, so there is none. */
    private static final String NO_RECORD = "none";

    private final HoldfastSettings settings;
    private final SessionEvents events;
    private final RedisKeys keys;
    private final TimeToLive timeToLive;
    private final RecordReader reader;
    private final UpdateReader updates;
    private final StoreHealth health;
    private final RedisConnector connector;
    private final LoadConnection loads;
    private final CommitLanes lanes;
    private final ExpiryIndex index;
    private final ExpirySweep ends;
    private final long node = new SecureRandom().nextLong();
    private final AtomicLong commits = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    private RedisSessionStore(HoldfastSettings settings, SessionEvents events, RedisConnector connector) {
        this.settings = settings;
        this.events = events;
        this.connector = connector;
        keys = new RedisKeys(settings.namespace());
        timeToLive = new TimeToLive(settings);
        reader = new RecordReader(timeToLive);
        updates = new UpdateReader(reader);
        health = new StoreHealth(events, settings.redisUri().toString());
        Wording wording = new Wording(settings);
        loads = new LoadConnection(
                new OnDemandConnection(connector::connect, wording, settings.commandTimeout()),
                wording,
                settings.commandTimeout());
        lanes = new CommitLanes(connector, wording, settings);
        RedisClock clock = new RedisClock(System::nanoTime);
        index = new ExpiryIndex(keys, clock, timeToLive);
        ends = new ExpirySweep(loads, lanes, health, keys, timeToLive, clock, index, this::nextCommit);
    }

    /** A store for these settings. Starts threads but connects to nothing yet; to be {@linkplain #close closed}. */
    public static RedisSessionStore open(HoldfastSettings settings, SessionEvents events) {
        return new RedisSessionStore(settings, events, RedisConnector.create(settings));
    }

    /**
     * Connects, and asks for the time and for a record that does not exist, as a load and as a transaction, so that the first request does not
     * pay for that, and an operator hears of an outage at once. An outage is told as an event and not thrown. Ends within
     * three times the command time-out, and at once when nothing listens at the address.
     */
    public void warmUp() {
        try {
            ends.readClock();
            load(NO_RECORD);
            commit(new SessionDelta(NO_RECORD, nextCommit(), 1, Map.of(), Map.of(), MetadataChange.NONE));
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.DEBUG, "Redis could not be asked at start", e);
        }
    }

    /** {@inheritDoc} Ends within the command time-out. */
    @Override
    public LoadResult load(String record) {
        return health.observe(() -> loadAll(record, null));
    }

    /** {@inheritDoc} A session smaller than the setting {@code largeSessionBytes} is fetched straight away, and compared with the copy here. */
    @Override
    public LoadResult load(String record, KnownCopy known) {
        return health.observe(() -> known.payloadBytes() < settings.largeSessionBytes()
                ? loadAll(record, known)
                : loadWhatIsNewer(record, known));
    }

    /** {@inheritDoc} Ends within twice the command time-out. */
    @Override
    public CreateResult create(NewSession session) {
        CommitId id = nextCommit();
        return write(new CreateTransaction(session, id, settings.largeSessionBytes(), keys, timeToLive, index), id);
    }

    /** {@inheritDoc} Ends within twice the command time-out. */
    @Override
    public CommitResult commit(SessionDelta delta) {
        CommitId id = nextCommit();
        Turn turn = new Turn(id, settings.commandTimeout());
        return write(new CommitTransaction(delta, id, turn, keys, timeToLive, index), id);
    }

    @Override
    public void touch(String record) {
        TouchTransaction touch = new TouchTransaction(record, keys, timeToLive);
        var unused = lanes.submit(touch).whenComplete((alive, failure) -> {
            RedisCall left = failure instanceof RefusedException ? touch.withoutTransaction() : null;
            if (left != null) {
                touchWithoutTransaction(record, left);
            } else if (failure != null) {
                events.touchFailed(record, failure);
            }
        });
    }

    /**
     * A Redis whose memory is full takes no transaction, not even one that needs no memory. Sessions in use must not end for
     * that. Nobody can commit a new time-out then, either; and a session that was ended meanwhile is gone.
     */
    private void touchWithoutTransaction(String record, RedisCall touch) {
        var unused = loads.tell(record, List.of(touch)).whenComplete((answered, failure) -> {
            if (failure != null) {
                events.touchFailed(record, failure.getCause() == null ? failure : failure.getCause());
            }
        });
    }

    /**
     * Leases of the records, in the same Redis. Opens a connection for wake-ups when the first one is waited for; closed with
     * this store.
     */
    public LeaseStore leases() {
        return new RedisLeases(loads, keys, health, new WakeUps(connector, settings.commandTimeout()));
    }

    /** Notes conflicts in Redis; hears nothing when the journal is switched off. */
    public SessionEvents conflictJournal() {
        int entries = settings.conflicts().journalEntries();
        return entries == 0
                ? SessionEvents.NONE
                : new ConflictJournal(loads::tell, keys, entries, CommitLane.longestStep(settings));
    }

    /** {@inheritDoc} Ends within twice the command time-out. */
    @Override
    public EndResult end(String record, CommitId createdBy, long payloadBytes) {
        return ends.end(new ExpiryIndex.Entry(record, createdBy), RecordWrite.isSmall(payloadBytes));
    }

    /** Finds sessions whose time is over. */
    public SessionEnds ends() {
        return ends;
    }

    /** {@inheritDoc} Ends all threads of this store, and waits for that. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            lanes.close();
            loads.close();
            connector.close();
        }
    }

    private <R> R write(Transaction<R> transaction, CommitId id) {
        try {
            return health.observe(
                    () -> lanes.run(transaction, attempt -> events.commitRetried(transaction.record(), attempt)));
        } catch (StoreException e) {
            if (!e.isNothingDone()) {
                e.markLost(id, transaction.doubtfulVersion());
            }
            throw e;
        }
    }

    /** The time to live comes first, so it is never that of another session that takes the name of an ended one in between. */
    private LoadResult loadAll(String record, @Nullable KnownCopy known) {
        byte[] key = keys.key(record);
        List<RedisCall> answers = loads.ask(
                record, () -> List.of(RedisCall.of(RedisVerb.PTTL, key), RedisCall.of(RedisVerb.HGETALL, key)));
        long pttl = answers.get(0).number();
        if (!timeToLive.isAlive(pttl)) {
            return over(pttl);
        }
        List<@Nullable Object> fields = answers.get(1).list();
        if (known != null && RecordReader.isAs(known, fields)) {
            return current(known, pttl);
        }
        SessionSnapshot snapshot = reader.read(record, fields, pttl);
        return snapshot == null ? new LoadResult.Absent() : new LoadResult.Found(snapshot);
    }

    private LoadResult loadWhatIsNewer(String record, KnownCopy known) {
        List<@Nullable Object> answer = askForWhatIsNewer(record, known);
        long pttl = UpdateReader.pttl(answer);
        if (!timeToLive.isAlive(pttl)) {
            return over(pttl);
        }
        if (UpdateReader.isNothing(answer)) {
            return current(known, pttl);
        }
        SessionSnapshot newer = UpdateReader.isNoted(answer) ? updates.snapshot(record, answer) : null;
        return newer != null && known.isStateOf(newer.version(), newer.metadata())
                ? new LoadResult.Newer(updates.update(newer, answer))
                : loadAll(record, null);
    }

    private LoadResult current(KnownCopy known, long pttl) {
        return new LoadResult.Current(timeToLive.idleMillis(known.metadata().maxInactiveSeconds(), pttl));
    }

    private List<@Nullable Object> askForWhatIsNewer(String record, KnownCopy known) {
        byte[] key = keys.key(record);
        List<RedisCall> answered;
        try {
            answered = loads.ask(record, () -> List.of(UpdateReader.ask(key, known)));
        } catch (UnknownScriptException e) {
            answered = loads.ask(record, () -> List.of(UpdateReader.askInFull(key, known)));
        }
        return answered.get(0).list();
    }

    private static LoadResult over(long pttl) {
        return TimeToLive.exists(pttl) ? new LoadResult.Ended() : new LoadResult.Absent();
    }

    private CommitId nextCommit() {
        return new CommitId(node, commits.incrementAndGet());
    }
}
