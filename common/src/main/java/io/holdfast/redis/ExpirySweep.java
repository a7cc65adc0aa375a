package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.redis.ExpiryIndex.Entry;
import io.holdfast.redis.ExpiryIndex.Seen;
import io.holdfast.session.CommitId;
import io.holdfast.session.EndLease;
import io.holdfast.session.EndResult;
import io.holdfast.session.SessionEnds;
import io.holdfast.session.SessionMetadata;
import io.holdfast.session.SessionSnapshot;
import io.holdfast.session.StoreException;
import io.holdfast.session.StoreUnavailableException;
import io.holdfast.session.UnsupportedRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds ended sessions by the index and leases their ends. A look at many entries at once decides what seems to be the case;
 * what is done about one that has ended is decided again by a transaction, since other nodes sweep at the same time.
 */
final class ExpirySweep implements SessionEnds {
    private static final System.Logger LOG = System.getLogger(ExpirySweep.class.getName());

    /** In place of a record's name, in messages. */
    private static final String INDEX = "(index of expiry)";

    /** A bucket with more due entries goes on with the next sweep, so that the other buckets get their turn. */
    private static final int MOST_BATCHES = 100;

    /** What this release cannot read is left to nodes with a newer one, and looked at again after so long. */
    private static final long UNREADABLE_MILLIS = 60_000;

    /** Ends a lease if it is still the one of that name. */
    private static final byte[] GIVE_BACK = ("if redis.call('HGET',KEYS[1],ARGV[1])==ARGV[2] then "
                    + "redis.call('PEXPIRE',KEYS[1],ARGV[3]) end")
            .getBytes(US_ASCII);

    private static final byte[] ONE_KEY = {'1'};

    /** An entry that is to be looked at, and how it was read. */
    private record Found(Entry entry, Seen seen) {}

    private final LoadConnection loads;
    private final CommitLanes lanes;
    private final StoreHealth health;
    private final RedisKeys keys;
    private final TimeToLive timeToLive;
    private final RedisClock clock;
    private final ExpiryIndex index;
    private final Supplier<CommitId> leases;

    /** {@code leases}: a new name for each lease. */
    ExpirySweep(
            LoadConnection loads,
            CommitLanes lanes,
            StoreHealth health,
            RedisKeys keys,
            TimeToLive timeToLive,
            RedisClock clock,
            ExpiryIndex index,
            Supplier<CommitId> leases) {
        this.loads = loads;
        this.lanes = lanes;
        this.health = health;
        this.keys = keys;
        this.timeToLive = timeToLive;
        this.clock = clock;
        this.index = index;
        this.leases = leases;
    }

    @Override
    public void readClock() {
        List<RedisCall> answers = ask(() -> List.of(RedisCall.of(RedisVerb.TIME)));
        clock.heard(answers.get(0).list());
    }

    @Override
    public void sweep(int bucket, Consumer<EndLease> onEnd, BooleanSupplier goesOn) {
        for (int batch = 0; batch < MOST_BATCHES && goesOn.getAsBoolean(); batch++) {
            List<RedisCall> answers = ask(() -> List.of(index.askForDue(bucket), index.askForLast(bucket)));
            List<Seen> due = ExpiryIndex.seen(answers.get(0).list());
            List<@Nullable Object> last = answers.get(1).list();
            if (!last.isEmpty()) {
                tell(List.of(index.keepAfter(bucket, last)));
            }
            for (Supplier<EndResult> end : look(bucket, due)) {
                if (!goesOn.getAsBoolean()) {
                    return;
                }
                if (end.get() instanceof EndResult.Leased leased) {
                    onEnd.accept(leased.lease());
                }
            }
            if (due.size() < ExpiryIndex.BATCH) {
                return;
            }
        }
    }

    @Override
    public EndResult lease(String record) {
        byte[] key = keys.key(record);
        List<RedisCall> answers = ask(() -> List.of(
                RedisCall.of(RedisVerb.HMGET, key, RedisKeys.version(), RedisKeys.metadata()),
                RedisCall.of(RedisVerb.PTTL, key)));
        RecordHead head = RecordHead.of(record, answers.get(0).list());
        if (head == null) {
            return new EndResult.Absent();
        }
        return timeToLive.isAlive(answers.get(1).number())
                ? new EndResult.Alive()
                : end(new Entry(record, head.metadata().createdBy()), EndTransaction.Cause.NOTICED, false);
    }

    /** Ends a session, whatever time it has left. */
    EndResult end(Entry entry, boolean seemsSmall) {
        try {
            return end(entry, EndTransaction.Cause.REQUESTED, seemsSmall);
        } catch (StoreException e) {
            if (e.getCause() instanceof RefusedException) {
                return delete(entry);
            }
            throw e;
        }
    }

    /**
     * Deletes a session where Redis refuses to write the lease of its end. It does when its memory is full, and then takes no
     * transactions either; but a logout has to work. If this node dies before it has told the listeners, nobody does.
     */
    private EndResult delete(Entry entry) {
        byte[] key = keys.key(entry.record());
        List<RedisCall> answers =
                ask(() -> List.of(RedisCall.of(RedisVerb.HGETALL, key), RedisCall.of(RedisVerb.PTTL, key)));
        SessionSnapshot snapshot = new RecordReader(timeToLive)
                .read(entry.record(), answers.get(0).list(), answers.get(1).number());
        if (snapshot == null || !snapshot.metadata().createdBy().equals(entry.createdBy())) {
            return new EndResult.Absent();
        }
        AtomicInteger asked = new AtomicInteger();
        long deleted = ask(() -> {
                    asked.incrementAndGet();
                    return List.of(RedisCall.of(RedisVerb.DEL, key));
                })
                .get(0)
                .number();
        // Asked again after a lost answer, it says that there is nothing; better that two nodes tell the end than none.
        boolean here = deleted > 0 || asked.get() > 1;
        return here
                ? new EndResult.Leased(new EndLease(entry.record(), snapshot, leases.get()))
                : new EndResult.Absent();
    }

    private EndResult end(Entry entry, EndTransaction.Cause cause, boolean seemsSmall) {
        return run(new EndTransaction(entry, cause, seemsSmall, leases.get(), keys, timeToLive, index));
    }

    @Override
    public void renew(EndLease lease) {
        Entry entry = entry(lease);
        tell(List.of(
                RedisCall.expire(keys.ended(entry.record(), entry.createdBy()), timeToLive.millisOfLease()),
                index.putOff(entry, timeToLive.leaseMillis())));
    }

    /** {@inheritDoc} Tried twice, because a connection may have been closed while listeners were told. */
    @Override
    public CompletionStage<@Nullable Void> forget(EndLease lease) {
        Entry entry = entry(lease);
        return forget(entry).exceptionallyCompose(first -> forget(entry));
    }

    private CompletableFuture<@Nullable Void> forget(Entry entry) {
        return loads.tell(
                entry.record(),
                List.of(
                        RedisCall.of(RedisVerb.DEL, keys.ended(entry.record(), entry.createdBy())),
                        index.remove(entry)));
    }

    /** {@inheritDoc} Asked again after a lost answer, it must not end the lease of who has taken over meanwhile. */
    @Override
    public void giveBack(EndLease lease) {
        Entry entry = entry(lease);
        byte[] name = RedisKeys.creation(lease.name()).getBytes(US_ASCII);
        ask(() -> List.of(
                index.dueAgain(entry), // so that it is found though this node dies in between
                RedisCall.of(
                        RedisVerb.EVAL,
                        GIVE_BACK,
                        ONE_KEY,
                        keys.ended(entry.record(), entry.createdBy()),
                        RedisKeys.lease(),
                        name,
                        ExpiryIndex.number(timeToLive.graceMillis())),
                index.dueAgain(entry))); // a sweep in between has put it off
    }

    /** Settles what needs no transaction, and gives what does: one step for each entry that may have ended. */
    private List<Supplier<EndResult>> look(int bucket, List<Seen> due) {
        IndexNotes notes = new IndexNotes(index, index.key(bucket));
        List<Found> found = new ArrayList<>();
        for (Seen seen : due) {
            Entry entry = index.entry(seen.member());
            if (entry == null) {
                notes.remove(seen);
            } else {
                found.add(new Found(entry, seen));
            }
        }
        List<Supplier<EndResult>> steps = new ArrayList<>();
        try {
            settle(found, notes, steps);
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (StoreException e) { // one of them is no record, but something else of that name
            found.forEach(one -> settleOrPutOff(one, notes, steps));
        }
        if (!notes.isEmpty()) {
            ask(() -> List.of(notes.call()));
        }
        return steps;
    }

    private void settle(List<Found> found, IndexNotes notes, List<Supplier<EndResult>> steps) {
        if (found.isEmpty()) {
            return;
        }
        long asked = clock.millis(); // what the answers say is left may be less when they arrive
        List<RedisCall> answers = ask(() -> found.stream()
                .flatMap(one -> EntryLook.calls(one.entry, keys).stream())
                .toList());
        for (int i = 0; i < found.size(); i++) {
            int first = EntryLook.CALLS * i;
            settle(found.get(i), asked, answers.subList(first, first + EntryLook.CALLS), notes, steps);
        }
    }

    private void settleOrPutOff(Found found, IndexNotes notes, List<Supplier<EndResult>> steps) {
        try {
            settle(List.of(found), notes, steps);
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.DEBUG, "Put off", e);
            notes.putOff(found.seen, clock.millis() + UNREADABLE_MILLIS);
        }
    }

    /** {@code asked}: when the question was sent, by Redis's clock. */
    private void settle(
            Found found, long asked, List<RedisCall> answers, IndexNotes notes, List<Supplier<EndResult>> steps) {
        Entry entry = found.entry;
        EntryLook look;
        try {
            look = EntryLook.of(entry, answers);
        } catch (UnsupportedRecordException e) {
            LOG.log(System.Logger.Level.DEBUG, "Left to a newer release", e);
            notes.putOff(found.seen, clock.millis() + UNREADABLE_MILLIS);
            return;
        }
        SessionMetadata metadata = look.metadataOf(entry);
        if (metadata != null && timeToLive.isAlive(look.pttl())) {
            noteAlive(found.seen, asked, metadata.maxInactiveSeconds(), look.pttl(), notes);
        } else if (metadata != null) {
            steps.add(() -> orPutOff(found, () -> end(entry, EndTransaction.Cause.INDEXED, false)));
        } else if (!look.hasEnded()) {
            notes.remove(found.seen);
        } else if (timeToLive.isLeased(look.endedPttl())) {
            notes.putOff(found.seen, asked + timeToLive.untilEnd(look.endedPttl()));
        } else {
            steps.add(() -> orPutOff(found, () -> run(new TakeOverTransaction(entry, leases.get(), keys, timeToLive))));
        }
    }

    private void noteAlive(Seen seen, long asked, int maxInactiveSeconds, long pttl, IndexNotes notes) {
        if (maxInactiveSeconds <= 0) {
            notes.remove(seen);
        } else {
            notes.putOff(
                    seen, asked + (pttl < 0 ? timeToLive.untilEnd(maxInactiveSeconds) : timeToLive.untilEnd(pttl)));
        }
    }

    /** One session that makes trouble must not keep others of its bucket from being told. */
    private EndResult orPutOff(Found found, Supplier<EndResult> step) {
        try {
            return step.get();
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.DEBUG, "Put off", e);
            IndexNotes notes = new IndexNotes(index, index.key(found.entry));
            notes.putOff(found.seen, clock.millis() + UNREADABLE_MILLIS);
            ask(() -> List.of(notes.call()));
            return new EndResult.Absent();
        }
    }

    private <R> R run(Transaction<R> transaction) {
        return health.observe(() -> lanes.run(transaction, attempt -> {}));
    }

    private List<RedisCall> ask(Supplier<List<RedisCall>> question) {
        return health.observe(() -> loads.ask(INDEX, question));
    }

    private void tell(List<RedisCall> calls) {
        var unused = loads.tell(INDEX, calls).whenComplete((answered, failure) -> {
            if (failure != null) {
                LOG.log(System.Logger.Level.DEBUG, "Not noted in the index of expiry", failure);
            }
        });
    }

    private static Entry entry(EndLease lease) {
        return new Entry(lease.record(), lease.createdBy());
    }
}
