package io.holdfast.live;

import io.holdfast.codec.NotEncodableException;
import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.events.SessionEvents;
import io.holdfast.live.Uncommitted.Setting;
import io.holdfast.sealing.Place;
import io.holdfast.session.Change;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.SessionUpdate;
import io.holdfast.session.StoredAttribute;
import io.holdfast.tracking.StoredForm;
import io.holdfast.tracking.Use;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the container itself keeps in a session, such as the principal; stored beside the attributes and invisible to the
 * application. Values are set as a whole and never mutated. Of two nodes that set the same one, the last commit wins.
 */
public final class ContainerState {
    private final String record;
    private final StoredForm form;
    private final SessionEvents events;
    private final Supplier<Use> currentUse;

    /** Immutable; replaced under the session's commit lock. */
    private volatile Map<String, StoredAttribute> stored = Map.of();

    /** By name; an empty value removes. Immutable; replaced under this object's monitor, which is a leaf. */
    private volatile Map<String, Uncommitted<Optional<Object>>> uncommitted = Map.of();

    /** Goes with the next commit. Immutable; replaced like {@link #uncommitted}. */
    private volatile Map<String, Object> companions = Map.of();

    /** {@code currentUse}: the use on whose behalf the calling thread works. */
    ContainerState(String record, StoredForm form, SessionEvents events, Supplier<Use> currentUse) {
        this.record = record;
        this.form = form;
        this.events = events;
        this.currentUse = currentUse;
    }

    /** Sets a value, which the commit of the use that the calling thread works for writes; null removes it. */
    public void set(String name, @Nullable Object value) {
        if (value != null || stored.containsKey(name) || uncommitted.containsKey(name)) {
            uncommitted(name).set(Optional.ofNullable(value), currentUse.get());
        }
    }

    private synchronized Uncommitted<Optional<Object>> uncommitted(String name) {
        Uncommitted<Optional<Object>> known = uncommitted.get(name);
        if (known != null) {
            return known;
        }
        Uncommitted<Optional<Object>> added = new Uncommitted<>();
        uncommitted = with(uncommitted, Map.of(name, added));
        return added;
    }

    private static <V> Map<String, V> with(Map<String, V> known, Map<String, ? extends V> more) {
        Map<String, V> all = new HashMap<>(known);
        all.putAll(more);
        return Map.copyOf(all);
    }

    /**
     * Sets a value that is written along with whatever is committed next, and is no reason for a commit by itself: for what
     * changes with each request and is not worth a write. {@link #get} shows it once it is committed.
     */
    public synchronized void setAlong(String name, Object value) {
        companions = with(companions, Map.of(name, value));
    }

    private synchronized void committedAlong(Map<String, Object> written) {
        Map<String, Object> left = new HashMap<>(companions);
        written.forEach(left::remove);
        companions = Map.copyOf(left);
    }

    /** The value, or null: there is none, or it cannot be decoded, which is reported. */
    public @Nullable Object get(String name) {
        Uncommitted<Optional<Object>> set = uncommitted.get(name);
        Optional<Optional<Object>> latest = set == null ? Optional.empty() : set.latest();
        if (latest.isPresent()) {
            return latest.get().orElse(null);
        }
        StoredAttribute attribute = stored.get(name);
        if (attribute == null) {
            return null;
        }
        try {
            return form.read(Place.ofContainerState(record, name), attribute.value());
        } catch (UnreadableAttributeException e) {
            events.attributeUnreadable(record, "$" + name, e);
            return null;
        }
    }

    /** Version of the record that wrote the value; 0: there is none. Another version means another value. */
    public long version(String name) {
        StoredAttribute attribute = stored.get(name);
        return attribute == null ? 0 : attribute.version();
    }

    /** What {@code use} has set and not committed is not going to be. */
    void drop(Use use) {
        uncommitted.values().forEach(set -> set.drop(use));
    }

    /** What is not committed of what {@code uses} have set, by name: the last of each. */
    Map<String, Setting<Optional<Object>>> setBy(Collection<Use> uses) {
        Map<String, Setting<Optional<Object>>> found = new HashMap<>();
        uncommitted.forEach((name, set) -> {
            Setting<Optional<Object>> latest = set.latestOf(uses);
            if (latest != null) {
                found.put(name, latest);
            }
        });
        return found;
    }

    /** This is not going to be committed. */
    void drop(Map<String, Setting<Optional<Object>>> settings) {
        settings.forEach(
                (name, set) -> Objects.requireNonNull(uncommitted.get(name)).drop(set));
    }

    /** Whether anything is not committed. */
    boolean isPending() {
        for (Uncommitted<Optional<Object>> set : uncommitted.values()) {
            if (!set.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** What the record was last seen to hold. */
    Map<String, StoredAttribute> latest() {
        return stored;
    }

    void refresh(Map<String, StoredAttribute> attributes) {
        stored = Map.copyOf(attributes);
    }

    /** As {@link #refresh(Map)}, if it holds the state before that update. */
    void refresh(SessionUpdate update) {
        Map<String, StoredAttribute> all = new HashMap<>(stored);
        all.keySet().removeAll(update.removedContainerState());
        all.putAll(update.newer().containerState());
        stored = Map.copyOf(all);
    }

    /** How many parts the record holds behind that update, if this is the state before it. */
    int sizeBehind(SessionUpdate update) {
        Set<String> names = new HashSet<>(stored.keySet());
        names.removeAll(update.removedContainerState());
        names.addAll(update.newer().containerState().keySet());
        return names.size();
    }

    /**
     * What {@code sources} have set and is not what the record holds; guarded by the session's commit lock until
     * {@link Capture#applied}.
     */
    Capture capture(Collection<Use> sources) {
        return new Capture(setBy(sources), companions);
    }

    /** The part of one commit that is container state. */
    final class Capture {
        private final Map<String, Setting<Optional<Object>>> captured;
        private final Map<String, Object> along;
        private final Map<String, Change> changes = new HashMap<>();
        private @Nullable Map<String, Change> allChanges;

        private Capture(Map<String, Setting<Optional<Object>>> captured, Map<String, Object> along) {
            this.captured = captured;
            this.along = along;
            captured.forEach((name, set) -> capture(name, set.value(), changes));
        }

        private void capture(String name, Optional<Object> value, Map<String, Change> into) {
            StoredAttribute known = stored.get(name);
            long base = known == null ? 0 : known.version();
            Place place = Place.ofContainerState(record, name);
            EncodedValue encoded = value.map(object -> encode(name, object)).orElse(null);
            if (encoded == null && known != null) {
                into.put(name, new Change.Remove(base));
            } else if (encoded != null && (known == null || !isStoredAs(known, place, encoded))) {
                into.put(name, new Change.Put(form.seal().seal(place, encoded), base));
            }
        }

        private boolean isStoredAs(StoredAttribute known, Place place, EncodedValue encoded) {
            return form.seal().isCurrent(known.value()) && encoded.equals(form.plain(place, known.value()));
        }

        private @Nullable EncodedValue encode(String name, Object value) {
            try {
                return form.codec().encode(value);
            } catch (NotEncodableException e) {
                events.attributeNotStored(record, "$" + name, value.getClass().getName(), e);
                return null;
            }
        }

        /** Of all that was set, also where the record holds that already. */
        Set<String> names() {
            return captured.keySet();
        }

        Map<String, Change> changes() {
            return changes;
        }

        /** The changes, and what is written along with others; for a commit that writes something. */
        Map<String, Change> changesAndCompanions() {
            Map<String, Change> all = allChanges;
            if (all == null) {
                all = new HashMap<>(changes);
                for (Map.Entry<String, Object> companion : along.entrySet()) {
                    capture(companion.getKey(), Optional.of(companion.getValue()), all);
                }
                allChanges = all;
            }
            return all;
        }

        /** Only the changes are in the record, as there was nothing else to write; the rest waits for the next commit. */
        void leaveCompanions() {
            allChanges = null;
        }

        Map<String, EncodedValue> initialValues() {
            Map<String, EncodedValue> values = new HashMap<>();
            changesAndCompanions().forEach((name, change) -> {
                if (change instanceof Change.Put put) {
                    values.put(name, put.value());
                }
            });
            return values;
        }

        void applied(long version) {
            Map<String, Change> written = allChanges == null ? changes : allChanges;
            Map<String, StoredAttribute> all = new HashMap<>(stored);
            written.forEach((name, change) -> {
                if (change instanceof Change.Put put) {
                    all.put(name, new StoredAttribute(put.value(), version));
                } else {
                    all.remove(name);
                }
            });
            stored = Map.copyOf(all);
            captured.forEach(
                    (name, set) -> Objects.requireNonNull(uncommitted.get(name)).committed(set));
            if (allChanges != null) {
                committedAlong(along);
            }
        }
    }
}
