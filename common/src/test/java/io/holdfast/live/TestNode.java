package io.holdfast.live;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.codec.NotEncodableException;
import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.Setting;
import io.holdfast.conflict.ConflictReport;
import io.holdfast.events.SessionEvents;
import io.holdfast.localredis.TestRedis;
import io.holdfast.merge.Mergers;
import io.holdfast.merge.ThreeWayMerge;
import io.holdfast.redis.RedisSessionStore;
import io.holdfast.request.SharedSession;
import io.holdfast.sealing.AttributeSeal;
import io.holdfast.session.LeaseToken;
import io.holdfast.session.SessionId;
import io.holdfast.session.SessionIds;
import io.holdfast.tracking.Aliases;
import io.holdfast.tracking.AttributeGate;
import io.holdfast.tracking.StoredForm;
import io.holdfast.tracking.Use;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A node as a container's adapter drives it: live sessions on real Redis, and requests that use them. */
final class TestNode implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    final HookedStore store;
    final List<ConflictReport> conflicts = new CopyOnWriteArrayList<>();
    final AtomicReference<Runnable> duringConflict = new AtomicReference<>(() -> {});
    final AtomicInteger commits = new AtomicInteger();
    final AtomicInteger dropped = new AtomicInteger();
    final List<String> unreadable = new CopyOnWriteArrayList<>();
    final List<String> busy = new CopyOnWriteArrayList<>();
    final List<String> shared = new CopyOnWriteArrayList<>();
    final List<String> notStored = new CopyOnWriteArrayList<>();
    final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    final List<String> ended = new CopyOnWriteArrayList<>();
    private final LiveSessions sessions;
    private final ThreadLocal<Map<LiveSession, Use>> current = ThreadLocal.withInitial(HashMap::new);

    TestNode(String namespace) {
        this(namespace, Map.of(), AttributeGate.OPEN);
    }

    TestNode(String namespace, Map<Setting, String> more) {
        this(namespace, more, AttributeGate.OPEN);
    }

    TestNode(String namespace, Map<Setting, String> more, AttributeGate gate) {
        this(namespace, more, gate, TestNode.class.getClassLoader());
    }

    /** A node whose application has a class loader of its own. */
    TestNode(String namespace, Map<Setting, String> more, AttributeGate gate, ClassLoader application) {
        HoldfastSettings.Builder builder = HoldfastSettings.builder()
                .set(Setting.REDIS_URI, TestRedis.shared().uri())
                .set(Setting.NAMESPACE, namespace);
        more.forEach(builder::set);
        HoldfastSettings settings = builder.build();
        SessionEvents events = new Recorder();
        store = new HookedStore(RedisSessionStore.open(settings, events));
        AttributeCodec codec = new KryoAttributeCodec(application, value -> false, settings.attributes());
        sessions = new LiveSessions(
                store,
                new StoredForm(codec, new AttributeSeal(settings.namespace(), settings.attributes()), gate),
                new ThreeWayMerge(codec, Mergers.NONE),
                new Aliases(System::nanoTime),
                events,
                settings,
                this::currentUse,
                () -> false,
                ended::add);
    }

    /** These settings, with which a node fetches all of a session only if it holds none of it. */
    static Map<Setting, String> fetchingOnlyWhatIsNewer(Map<Setting, String> settings) {
        Map<Setting, String> more = new HashMap<>(settings);
        more.put(Setting.LARGE_SESSION_BYTES, "0");
        return more;
    }

    static SessionId newId() {
        return SessionIds.create(RANDOM::nextBytes);
    }

    /** A new session, committed with what {@code work} puts into it. */
    LiveSession create(SessionId id, Work work) {
        LiveSession session = sessions.create(id, 1_800);
        request(session, work);
        return session;
    }

    /** A new session that is not committed. */
    LiveSession createLater(SessionId id) {
        return sessions.create(id, 1_800);
    }

    /** This node's copy of a session another node has created. */
    LiveSession load(SessionId id) {
        LiveSession session = sessions.load(id.record());
        if (session == null) {
            throw new AssertionError("no such session: " + id);
        }
        return session;
    }

    boolean knows(SessionId id) {
        return sessions.load(id.record()) != null;
    }

    /** One whole request: validate, work, commit. Returns whether the session lived to the end. */
    boolean request(LiveSession session, Work work) {
        Request request = begin(session);
        request.work(work);
        return request.end();
    }

    /** A request that is still running. */
    Request begin(LiveSession session) {
        return new Request(session);
    }

    /** What an application does with its session. */
    interface Work {
        void on(Map<String, Object> attributes);
    }

    /** A request of the test's own pace. */
    final class Request {
        private final LiveSession session;
        private final Use use;

        private Request(LiveSession session) {
            this.session = session;
            this.use = session.begin();
            use.setRequestUri("/shop");
            session.validate(use);
            session.touch();
        }

        void work(Work work) {
            current.get().put(session, use);
            try {
                work.on(session.attributes());
            } finally {
                current.get().remove(session);
            }
        }

        LiveSession session() {
            return session;
        }

        void setPath(String path) {
            use.setRequestUri(path);
        }

        /** It is exclusive. */
        void guard(LeaseToken lease) {
            use.guard(lease, () -> {});
        }

        boolean commit() {
            return session.commit(use);
        }

        /** As the container does it when the application is through. */
        boolean commitOutsideApplication() {
            use.setOutsideApplication(true);
            try {
                return commit();
            } finally {
                use.setOutsideApplication(false);
            }
        }

        boolean commitLate(SharedSession session) {
            return session.commitLate(use);
        }

        boolean end() {
            try {
                return commit();
            } finally {
                session.touchAtEnd();
                session.end(use);
            }
        }

        /** Ends without a commit. */
        void endWithoutCommit() {
            session.end(use);
        }

        /** Ends as one whose client is told that nothing is stored. */
        void endRefused() {
            refuse();
            session.end(use);
        }

        /** Its client is told that nothing is stored; it goes on. */
        void refuse() {
            session.drop(use);
        }
    }

    private @Nullable Use currentUse(LiveSession session) {
        return current.get().get(session);
    }

    @Override
    public void close() {
        store.close();
    }

    private final class Recorder implements SessionEvents {
        @Override
        public void committed(String record, int changes) {
            commits.incrementAndGet();
        }

        @Override
        public void conflict(String record, ConflictReport conflict) {
            conflicts.add(conflict);
            duringConflict.get().run();
        }

        @Override
        public void operationFailed(RuntimeException cause) {
            failures.add(cause);
        }

        @Override
        public void commitDropped(String record) {
            dropped.incrementAndGet();
        }

        @Override
        public void attributeUnreadable(String record, String attribute, UnreadableAttributeException cause) {
            unreadable.add(attribute);
        }

        @Override
        public void attributesShareObject(String record, String attribute, String otherAttribute, String className) {
            shared.add(attribute + " " + otherAttribute + " " + className);
        }

        @Override
        public void attributeBusy(String record, String attribute, String className) {
            busy.add(attribute);
        }

        @Override
        public void attributeNotStored(String record, String attribute, String className, NotEncodableException cause) {
            notStored.add(attribute);
        }
    }
}
