package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.session.Change;
import io.holdfast.session.CommitId;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.KnownCopy;
import io.holdfast.session.LeaseToken;
import io.holdfast.session.LoadResult;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.NewSession;
import io.holdfast.session.SecretHash;
import io.holdfast.session.SessionDelta;
import io.holdfast.session.SessionIds;
import io.holdfast.session.SessionMetadata;
import io.holdfast.session.SessionSnapshot;
import io.holdfast.session.SessionStore;
import io.holdfast.session.Writer;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Short words for what store tests say again and again. */
final class Records {
    static final SecretHash SECRET = SecretHash.of("0123456789abcdef0123456789abcdef");
    static final int HALF_AN_HOUR = 1_800;
    static final long LARGE_BYTES = 1_000_000;
    static final long CREATED_MILLIS = 1_750_000_000_000L;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Records() {}

    static String newRecord() {
        return SessionIds.create(RANDOM::nextBytes).record();
    }

    static EncodedValue value(String text) {
        return new EncodedValue(1, text.getBytes(UTF_8));
    }

    static String text(EncodedValue value) {
        return new String(value.payload(), UTF_8);
    }

    static NewSession newSession(String record, Map<String, EncodedValue> attributes) {
        return new NewSession(record, CREATED_MILLIS, HALF_AN_HOUR, SECRET, attributes, Map.of());
    }

    static SessionSnapshot find(SessionStore store, String record) {
        return ((LoadResult.Found) store.load(record)).snapshot();
    }

    /** The application's attributes of a record, as texts. */
    static Map<String, String> attributes(SessionStore store, String record) {
        Map<String, String> texts = new HashMap<>();
        find(store, record).attributes().forEach((name, stored) -> texts.put(name, text(stored.value())));
        return texts;
    }

    /** A local copy of the record as it is now. */
    static KnownCopy copy(SessionStore store, String record, long payloadBytes) {
        SessionSnapshot snapshot = find(store, record);
        return new KnownCopy(snapshot.version(), snapshot.metadata(), payloadBytes);
    }

    /** The same, but by a commit that never was. */
    static KnownCopy copyOfAnotherCommit(SessionStore store, String record, long payloadBytes) {
        return copyWithCommits(store, record, List.of(new CommitId(1, 1)), payloadBytes);
    }

    /** The same, but by these commits. */
    static KnownCopy copyWithCommits(SessionStore store, String record, List<CommitId> commits, long payloadBytes) {
        SessionSnapshot snapshot = find(store, record);
        SessionMetadata metadata = snapshot.metadata();
        SessionMetadata another = new SessionMetadata(
                metadata.createdMillis(),
                metadata.createdBy(),
                metadata.maxInactiveSeconds(),
                metadata.secretHash(),
                commits,
                List.of());
        return new KnownCopy(snapshot.version(), another, payloadBytes);
    }

    /**
     * A record as somebody knows it, and what can be changed in it.
     *
     * @param large whether changes come with a copy of this state
     */
    record Known(String record, SessionMetadata metadata, long version, boolean large) {
        static Known create(SessionStore store, Map<String, EncodedValue> attributes) {
            String record = newRecord();
            store.create(newSession(record, attributes));
            return of(store, record);
        }

        static Known of(SessionStore store, String record) {
            SessionSnapshot snapshot = find(store, record);
            return new Known(record, snapshot.metadata(), snapshot.version(), false);
        }

        /** The same, large if that is so. */
        Known large(boolean large) {
            return new Known(record, metadata, version, large);
        }

        CommitId createdBy() {
            return metadata.createdBy();
        }

        SessionDelta put(String name, String text) {
            return put(name, text, version);
        }

        SessionDelta put(String name, String text, long baseVersion) {
            return change(name, new Change.Put(value(text), baseVersion));
        }

        /** A put that must not simply overwrite. */
        SessionDelta putUndecided(String name, String text, Writer writer) {
            return put(name, text, Set.of(name), writer, null, false);
        }

        /** A put that must not simply overwrite, and that others are to let go first. */
        SessionDelta putInTurn(String name, String text) {
            return put(name, text, Set.of(name), Writer.UNKNOWN, null, true);
        }

        /** A put that needs a lease. */
        SessionDelta putWith(LeaseToken lease, String name, String text) {
            return put(name, text, Set.of(), Writer.UNKNOWN, lease, false);
        }

        private SessionDelta put(
                String name,
                String text,
                Set<String> undecided,
                Writer writer,
                @Nullable LeaseToken lease,
                boolean asksForTurn) {
            return sized(new SessionDelta(
                    record,
                    createdBy(),
                    version,
                    Map.of(name, new Change.Put(value(text), version)),
                    undecided,
                    Map.of(),
                    MetadataChange.NONE,
                    writer,
                    lease,
                    asksForTurn));
        }

        SessionDelta remove(String name) {
            return change(name, new Change.Remove(version));
        }

        SessionDelta change(String name, Change change) {
            return sized(new SessionDelta(
                    record, createdBy(), version, Map.of(name, change), Map.of(), MetadataChange.NONE));
        }

        SessionDelta containerState(String name, Change change) {
            return sized(new SessionDelta(
                    record, createdBy(), version, Map.of(), Map.of(name, change), MetadataChange.NONE));
        }

        SessionDelta metadata(MetadataChange change) {
            return sized(new SessionDelta(record, createdBy(), version, Map.of(), Map.of(), change));
        }

        private SessionDelta sized(SessionDelta delta) {
            return large ? delta.withLargeCopy(new KnownCopy(version, metadata, LARGE_BYTES)) : delta;
        }
    }
}
