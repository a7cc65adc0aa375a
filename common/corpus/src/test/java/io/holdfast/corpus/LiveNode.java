package io.holdfast.corpus;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.codec.NotEncodableException;
import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.Setting;
import io.holdfast.conflict.ConflictReport;
import io.holdfast.events.SessionEvents;
import io.holdfast.live.LiveSession;
import io.holdfast.live.LiveSessions;
import io.holdfast.localredis.TestRedis;
import io.holdfast.merge.Mergers;
import io.holdfast.merge.ThreeWayMerge;
import io.holdfast.redis.RedisSessionStore;
import io.holdfast.sealing.AttributeSeal;
import io.holdfast.session.SessionId;
import io.holdfast.session.SessionStore;
import io.holdfast.tracking.Aliases;
import io.holdfast.tracking.AttributeGate;
import io.holdfast.tracking.StoredForm;
import io.holdfast.tracking.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A node whose requests use sessions on real Redis, one at a time. */
final class LiveNode implements AutoCloseable {
    /** What no sample should bring about. */
    final List<String> troubles = new ArrayList<>();

    private final SessionStore store;
    private final LiveSessions sessions;
    private @Nullable Use current;
    private int written;

    LiveNode(String namespace) {
        HoldfastSettings settings = HoldfastSettings.builder()
                .set(Setting.REDIS_URI, TestRedis.shared().uri())
                .set(Setting.NAMESPACE, namespace)
                .set(Setting.COMMAND_TIMEOUT_MILLIS, "30000") // a busy machine is no failure here
                .build();
        SessionEvents events = new Listener();
        store = RedisSessionStore.open(settings, events);
        AttributeCodec codec =
                new KryoAttributeCodec(LiveNode.class.getClassLoader(), value -> false, settings.attributes());
        sessions = new LiveSessions(
                store,
                new StoredForm(
                        codec, new AttributeSeal(settings.namespace(), settings.attributes()), AttributeGate.OPEN),
                new ThreeWayMerge(codec, Mergers.NONE),
                new Aliases(System::nanoTime),
                events,
                settings,
                session -> current,
                () -> false,
                record -> {});
    }

    LiveSession create(SessionId id) {
        return sessions.create(id, 1_800);
    }

    /** A copy that has decoded nothing yet. */
    LiveSession load(SessionId id) {
        LiveSession session = sessions.load(id.record());
        if (session == null) {
            throw new AssertionError("no such session: " + id);
        }
        return session;
    }

    /** One whole request. Returns how many attributes it wrote. */
    int request(LiveSession session, Consumer<Map<String, Object>> work) {
        written = 0;
        Use use = session.begin();
        session.validate(use);
        current = use;
        try {
            work.accept(session.attributes());
        } finally {
            current = null;
        }
        session.commit(use);
        session.end(use);
        return written;
    }

    @Override
    public void close() {
        store.close();
    }

    private final class Listener implements SessionEvents {
        @Override
        public void committed(String record, int changes) {
            written += changes;
        }

        @Override
        public void conflict(String record, ConflictReport conflict) {
            troubles.add(conflict.toString());
        }

        @Override
        public void attributeUnreadable(String record, String attribute, UnreadableAttributeException cause) {
            troubles.add(attribute + ": " + cause.getMessage());
        }

        @Override
        public void attributeNotStored(String record, String attribute, String className, NotEncodableException cause) {
            troubles.add(attribute + ": " + cause.getMessage());
        }

        @Override
        public void attributeBusy(String record, String attribute, String className) {
            troubles.add(attribute + " is busy");
        }
    }
}
