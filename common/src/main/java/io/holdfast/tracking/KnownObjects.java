package io.holdfast.tracking;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The objects that are or were values of one session on this node, for as long as the application may have them: so an object that a
 * thread sets, or another request than the one that got it, still tells what it was when it was handed out. Keeps no object alive. Those
 * that the application itself has replaced tell nothing any more, and are {@linkplain #forget forgotten} before they are gone, because
 * many that are gone at once make a garbage collection long.
 */
final class KnownObjects {
    private final Map<Key, LiveValue.State> known = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

    /** Remembers an object that can change in place; the same object. */
    LiveValue add(LiveValue live) {
        forgetGone();
        if (!live.immutable) {
            known.put(new Key(live.name, live.object, gone), live.state);
        }
        return live;
    }

    /**
     * This very object, if it was the attribute's value, and the application itself has not taken it out of the session, or nobody knows
     * what of it the record holds; else null.
     */
    @Nullable
    LiveValue find(String name, Object object) {
        LiveValue.State found = known.get(new Key(name, object, gone));
        return found == null || (found.isReplaced() && !found.isInDoubt()) ? null : new LiveValue(name, object, found);
    }

    /** Forgets what is known of an object, unless it was added again since. */
    void forget(LiveValue live) {
        known.remove(new Key(live.name, live.object, gone), live.state);
    }

    /** Tells all of them that are not gone, each with the name of its attribute. */
    void forEach(BiConsumer<String, Object> action) {
        for (Key key : known.keySet()) {
            Object object = key.get();
            if (object != null) {
                action.accept(key.name, object);
            }
        }
    }

    /** How many objects are remembered, some of which may be gone. */
    int size() {
        forgetGone();
        return known.size();
    }

    private void forgetGone() {
        for (Object key = gone.poll(); key != null; key = gone.poll()) {
            known.remove(key);
        }
    }

    /** An attribute's name and an object, compared by identity; once the object is gone, equal to nothing but itself. */
    private static final class Key extends WeakReference<Object> {
        private final String name;
        private final int hash;

        Key(String name, Object object, ReferenceQueue<Object> gone) {
            super(object, gone);
            this.name = name;
            this.hash = 31 * name.hashCode() + System.identityHashCode(object);
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // it is about this very object
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Object object = get();
            return object != null && other instanceof Key key && key.get() == object && name.equals(key.name);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
