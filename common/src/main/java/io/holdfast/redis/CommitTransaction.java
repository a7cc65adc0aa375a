package io.holdfast.redis;

import io.holdfast.session.Change;
import io.holdfast.session.CommitId;
import io.holdfast.session.CommitResult;
import io.holdfast.session.Conflict;
import io.holdfast.session.LeaseToken;
import io.holdfast.session.SessionDelta;
import io.holdfast.session.SessionMetadata;
import io.holdfast.session.StoreException;
import io.holdfast.session.StoredAttribute;
import io.holdfast.session.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies a delta to an existing record.
 *
 * <p>The first look shows whether the session lives and whether anybody else wrote since the delta's base. If so, a second
 * look at the delta's own attributes shows whether that concerns one of them: then it is a conflict. If one of those is left
 * undecided, nothing is written and the caller decides; if not, they are overwritten and reported. A record that is gone, has ended or is another one of the same name is not written.
 *
 * <p>If the node knows the head of a large record, the very first look asks for its fingerprint only, and a second one that finds another
 * asks for the head as well.
 *
 * <h2>A lease</h2>
 *
 * A delta that needs a lease is written only while Redis says that the lease is its holder's. The lease is watched as well: one that
 * is lost between that look and the EXEC, by time or to another holder, makes the EXEC fail.
 *
 * <h2>Its turn</h2>
 *
 * A caller that was overtaken with an undecided delta again and again can ask for its turn: then the closer look writes its name to the
 * record, which nobody can overtake, and others let it go first, see {@link Turn}.
 *
 * <h2>A lost answer</h2>
 *
 * Every attempt of one commit carries the same commit id. After a lost connection the next look finds the id among the
 * record's recent commits, or it does not. If not, and nobody has made the version that the lost attempt would have made, it
 * may even now be under way on the dead connection; but it watches the record as well, so of it and the new attempt at most
 * one takes effect, and the loser's next look finds the winner's id.
 */
final class CommitTransaction implements Transaction<CommitResult> {
    private static final long NO_DOUBT = 0;
    private static final long NOT_SEEN = 0;

    private final SessionDelta delta;
    private final CommitId commit;
    private final byte[] key;
    private final byte[] fence;
    private final byte @Nullable [] lock;
    private final Turn turn;
    private final TimeToLive timeToLive;
    private final ExpiryIndex index;
    private final RecordWrite write;
    private final List<String> names = new ArrayList<>();

    private @Nullable ExpectedHead expected; // until somebody has looked whether it is there
    private @Nullable ExpectedHead asked; // by the latest first look, in place of the head
    private boolean lookedAtAll; // the latest look told head and attributes
    private long seenVersion = NOT_SEEN; // by the latest first look
    private @Nullable RecordHead found; // set between the first look and a closer one
    private List<CommitResult.Found> overwritten = List.of();
    private long writtenVersion;
    private long doubtfulVersion = NO_DOUBT;

    /** Like that, or of an EXEC that may be under way. The waiter may ask when it gives up. */
    private volatile long possibleVersion = NO_DOUBT;

    private List<byte[]> outOfTurn = List.of();

    CommitTransaction(
            SessionDelta delta, CommitId commit, Turn turn, RedisKeys keys, TimeToLive timeToLive, ExpiryIndex index) {
        this.delta = delta;
        this.commit = commit;
        this.turn = turn;
        this.timeToLive = timeToLive;
        this.index = index;
        key = keys.key(delta.record());
        fence = keys.fence(delta.record());
        lock = delta.lease() == null ? null : keys.lock(delta.record());
        names.addAll(delta.attributes().keySet());
        expected = ExpectedHead.of(delta);
        write = new RecordWrite(key);
        write.addChanges(delta.attributes(), delta.containerState());
    }

    @Override
    public String record() {
        return delta.record();
    }

    @Override
    public List<byte[]> watched() {
        List<byte[]> watched = new ArrayList<>(List.of(key));
        if (lock != null) {
            watched.add(lock);
        }
        if (newTimeout() != null) {
            watched.add(fence);
        }
        return watched;
    }

    @Override
    public List<RedisCall> look() {
        found = null;
        lookedAtAll = false;
        asked = expected;
        expected = null;
        return look(asked == null ? RedisKeys.metadata() : RedisKeys.fingerprint());
    }

    private List<RedisCall> look(byte[] head) {
        List<RedisCall> calls = new ArrayList<>();
        calls.add(RedisCall.of(RedisVerb.HMGET, key, RedisKeys.version(), head, RedisKeys.turn()));
        calls.add(RedisCall.of(RedisVerb.PTTL, key));
        if (lock != null) {
            calls.add(RedisCall.of(RedisVerb.GET, lock));
        }
        return calls;
    }

    /**
     * {@inheritDoc} A new time-out can bring the end forward, or bring one for the first time. So the next sweep shall look; if one
     * does before the new time-out is there, this starts over.
     */
    @Override
    public List<RedisCall> before() {
        Integer timeout = newTimeout();
        return timeout == null
                ? List.of()
                : List.of(index.due(new ExpiryIndex.Entry(record(), delta.createdBy()), timeToLive.untilEnd(timeout)));
    }

    /** The time-out that the session gets with this; null: it keeps its own, or gets none. */
    private @Nullable Integer newTimeout() {
        Integer maxInactive = delta.metadata().maxInactiveSeconds();
        return maxInactive == null || maxInactive <= 0 ? null : maxInactive;
    }

    @Override
    public boolean isSmall() {
        return write.isSmall() && !delta.asksForTurn();
    }

    @Override
    public Decision<CommitResult> decide(List<RedisCall> answers) {
        RecordHead head = found;
        if (head != null) {
            return decide(
                    head, conflictsIn(head, answers.get(answers.size() - 1).list()));
        }
        ExpectedHead known = asked;
        asked = null;
        boolean alive = timeToLive.isAlive(answers.get(1).number());
        if (known != null && alive && !known.isIn(answers.get(0).list())) {
            lookedAtAll = !known.isOfItsVersion(answers.get(0).list());
            return new Decision.LookCloser<>(lookAtHead(), false);
        }
        head = known == null ? RecordHead.of(record(), answers.get(0).list()) : known.head();
        if (head == null || !alive || !head.metadata().createdBy().equals(delta.createdBy())) {
            return new Decision.Answer<>(new CommitResult.Gone());
        }
        if (doubtfulVersion != NO_DOUBT) {
            CommitResult landed = landed(head);
            if (landed != null) {
                return new Decision.Answer<>(landed);
            }
        }
        LeaseToken lease = delta.lease();
        if (lease != null && !RedisLeases.isHeldBy(lease, answers.get(2))) {
            return new Decision.Answer<>(new CommitResult.LeaseLost());
        }
        if (names.isEmpty()) {
            return write(head, List.of());
        }
        byte[] whoseTurn = (byte[]) answers.get(0).list().get(2);
        Duration pause = turn.pause(whoseTurn);
        if (pause != null) {
            return new Decision.Later<>(pause);
        }
        boolean takesTurn = delta.asksForTurn() && !turn.isOfThisNode(whoseTurn);
        outOfTurn = whoseTurn == null && !takesTurn ? List.of() : List.of(RedisKeys.turn());
        boolean overtaken = seenVersion != NOT_SEEN && seenVersion != head.version();
        seenVersion = head.version();
        if (head.version() == delta.baseVersion()) {
            return write(head, List.of());
        }
        if (lookedAtAll && !takesTurn) {
            return decide(
                    head, conflictsIn(head, answers.get(answers.size() - 1).list()));
        }
        found = head;
        return new Decision.LookCloser<>(
                takesTurn ? List.of(takeTurn(head, whoseTurn), lookAtAttributes()) : List.of(lookAtAttributes()),
                overtaken);
    }

    /** The whole first look, because the head is not as expected, and the attributes, if that is because others have written. */
    private List<RedisCall> lookAtHead() {
        List<RedisCall> calls = look(RedisKeys.metadata());
        if (lookedAtAll) {
            calls.add(lookAtAttributes());
        }
        return calls;
    }

    private RedisCall lookAtAttributes() {
        return RedisCall.ofFields(
                RedisVerb.HMGET, key, names.stream().map(RedisKeys::attribute).toList());
    }

    @Override
    public long doubtfulVersion() {
        return possibleVersion;
    }

    @Override
    public void outcomeUnknown() {
        doubtfulVersion = writtenVersion;
    }

    private Decision<CommitResult> decide(RecordHead head, List<CommitResult.Found> conflicting) {
        boolean undecided =
                conflicting.stream().map(found -> found.conflict().attribute()).anyMatch(delta.undecided()::contains);
        if (!undecided) {
            return write(head, conflicting);
        }
        return new Decision.Answer<>(new CommitResult.Undecided(head.version(), conflicting));
    }

    /** If there is nothing to be decided after all, this is overtaken by it, and looks again while the others wait. */
    private RedisCall takeTurn(RecordHead head, byte @Nullable [] whoseTurn) {
        return turn.take(
                key, whoseTurn, timeToLive.millis(head.metadata().maxInactiveSeconds()), timeToLive.graceMillis());
    }

    private Decision<CommitResult> write(RecordHead head, List<CommitResult.Found> conflicting) {
        SessionMetadata metadata = head.metadata().after(commit, delta.writer(), delta.metadata());
        writtenVersion = head.version() + 1;
        if (doubtfulVersion == NO_DOUBT) {
            possibleVersion = writtenVersion;
        }
        overwritten = conflicting;
        return new Decision.Write<>(
                write.calls(
                        new RecordHead(writtenVersion, metadata),
                        timeToLive.millis(metadata.maxInactiveSeconds()),
                        delta.largeCopy() != null,
                        outOfTurn),
                new CommitResult.Committed(
                        writtenVersion, commit, head.metadata().recentCommits(), overwritten));
    }

    /** The commit's result if the attempt in doubt took effect, or null if it did not, so far. */
    private @Nullable CommitResult landed(RecordHead head) {
        List<CommitId> remembered = head.metadata().recentCommits();
        int later = remembered.indexOf(commit);
        if (later >= 0) {
            List<CommitId> before = remembered.subList(later + 1, remembered.size());
            return new CommitResult.Committed(head.version() - later, commit, before, overwritten);
        }
        if (head.version() - doubtfulVersion >= SessionMetadata.REMEMBERED_COMMITS) {
            throw new StoreException("The answer to the commit of session " + record() + " was lost, and "
                    + (head.version() - doubtfulVersion)
                    + " others have committed since, of which the record remembers "
                    + SessionMetadata.REMEMBERED_COMMITS
                    + ". The changes are written as a whole or not at all; which of the two is not known.");
        }
        if (head.version() >= doubtfulVersion) {
            doubtfulVersion = NO_DOUBT; // somebody else made that version, so the attempt cannot take effect any more
        }
        return null;
    }

    private List<CommitResult.Found> conflictsIn(RecordHead head, List<@Nullable Object> stored) {
        List<CommitResult.Found> result = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Change change = delta.attributes().get(name);
            byte[] field = (byte[]) stored.get(i);
            if (change != null && conflicts(change, field)) {
                StoredAttribute theirs = field == null ? null : AttributeField.decode(field);
                long found = theirs == null ? 0 : theirs.version();
                Writer writer =
                        theirs == null ? Writer.UNKNOWN : head.metadata().writer(head.version() - found);
                result.add(new CommitResult.Found(new Conflict(name, change.baseVersion(), found), theirs, writer));
            }
        }
        return result;
    }

    /** Equal values conflict as well: two nodes that both counted from 1 to 2 have lost one of the counts. */
    private static boolean conflicts(Change change, byte @Nullable [] field) {
        if (field == null) {
            return change instanceof Change.Put && change.baseVersion() > 0;
        }
        return AttributeField.version(field) > change.baseVersion();
    }
}
