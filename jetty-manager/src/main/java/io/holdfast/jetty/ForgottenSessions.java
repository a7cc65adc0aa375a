package io.holdfast.jetty;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Session objects whose copy is not to be trusted any more, by record. The application may have kept them, and goes on with them
 * then, so the next request loads the session into the same object. Held weakly.
 */
final class ForgottenSessions {
    private final Map<String, Forgotten> byRecord = new ConcurrentHashMap<>();
    private final ReferenceQueue<HoldfastManagedSession> unreachable = new ReferenceQueue<>();

    private static final class Forgotten extends WeakReference<HoldfastManagedSession> {
        private final String record;

        Forgotten(HoldfastManagedSession session, ReferenceQueue<HoldfastManagedSession> queue) {
            super(session, queue);
            this.record = session.record();
        }
    }

    void add(HoldfastManagedSession session) {
        for (Reference<?> gone = unreachable.poll(); gone != null; gone = unreachable.poll()) {
            if (gone instanceof Forgotten forgotten) {
                byRecord.remove(forgotten.record, forgotten);
            }
        }
        byRecord.put(session.record(), new Forgotten(session, unreachable));
    }

    /** The last one of this record, if the application may still have it and it has not ended; null: there is none. */
    @Nullable
    HoldfastManagedSession find(String record) {
        Forgotten forgotten = byRecord.get(record);
        HoldfastManagedSession session = forgotten == null ? null : forgotten.get();
        return session == null || session.isEndedHere() ? null : session;
    }
}
