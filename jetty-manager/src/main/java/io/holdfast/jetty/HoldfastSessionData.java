package io.holdfast.jetty;

import io.holdfast.live.LiveSession;
import io.holdfast.session.LoadResult;
import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.AttributeChecks;
import io.holdfast.tracking.AttributeMap;
import io.holdfast.tracking.Use;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's data of a session on top of a live session: Jetty keeps the times, the attributes are the live session's. They are
 * decoded when they are asked for, and a save writes only those that were changed, whoever else has written others.
 *
 * <p>Jetty calls it under the session's lock, except for reading an attribute with our cache. Never serialized by Jetty: only other
 * stores do that.
 */
final class HoldfastSessionData extends TimedSessionData {
    private static final long serialVersionUID = 1L;
    private static final String OF_JETTY = "org.eclipse.jetty.";

    private final transient RunningStore running;
    private transient volatile @Nullable LiveSession newest;

    /** What the calling thread is to see of the session; null: what this node knows. */
    private transient @Nullable Supplier<LiveSession> view;

    private final transient WrittenCopies written = new WrittenCopies();

    /** An id that was given to the session and may not be valid in Redis yet. */
    private transient @Nullable SessionId unconfirmed;

    private transient volatile boolean distrusted;
    private transient volatile boolean silent;

    /** A new session. */
    HoldfastSessionData(
            RunningStore running,
            @Nullable LiveSession live,
            String id,
            long created,
            long accessed,
            long lastAccessed,
            long maxInactiveMs) {
        super(
                id,
                running.context().getCanonicalContextPath(),
                running.context().getVhost(),
                created,
                accessed,
                lastAccessed,
                maxInactiveMs);
        this.running = running;
        this.newest = live;
        if (live != null) {
            _attributes = live.attributes();
        }
    }

    /** Of a session that this id may name. */
    static HoldfastSessionData unloaded(RunningStore running, String id) {
        HoldfastSessionData data = new HoldfastSessionData(running, null, id, 0, 0, 0, -1);
        data.setLastSaved(1); // it is not new
        return data;
    }

    /** A session that was loaded under this id. */
    static HoldfastSessionData loaded(RunningStore running, LiveSession live, String id) {
        long accessed = live.lastAccessedMillis();
        HoldfastSessionData data = new HoldfastSessionData(
                running, live, id, live.createdMillis(), accessed, accessed, live.maxInactiveSeconds() * MILLIS);
        data.takeTimes();
        return data;
    }

    /** Has {@code live} tell what the calling thread is to see of the session. */
    void viewBy(Supplier<LiveSession> live) {
        view = live;
    }

    /** Where threads without a request have written. */
    WrittenCopies written() {
        return written;
    }

    boolean isLoaded() {
        return newest != null;
    }

    /** What this node knows of the session and the next request can begin with; null: nothing. */
    @Nullable
    LiveSession liveOrNull() {
        return distrusted ? null : newest;
    }

    /** What this node knows of the session, which was loaded. */
    @Override
    LiveSession live() {
        LiveSession known = newest;
        if (known == null) {
            throw new IllegalStateException("This session has ended, or there never was one");
        }
        return known;
    }

    /** The session was loaded under this id; whether nobody else was first. */
    synchronized boolean load(LiveSession loaded, String id) {
        if (liveOrNull() != null) {
            return false;
        }
        super.setId(id);
        setCreated(loaded.createdMillis());
        newest = loaded;
        distrusted = false;
        takeTimes();
        return true;
    }

    /** What this node knows is not to be trusted any more: the next request loads it anew. Those that use it go on with it. */
    synchronized void distrust() {
        distrusted = true;
    }

    /** Likewise, if that is what this node knows. */
    synchronized void distrust(LiveSession known) {
        distrusted |= newest == known;
    }

    /** {@code newId} is valid now. */
    synchronized void changeId(String newId) {
        super.setId(newId);
    }

    /** Takes over the id another node has given the session, unless it was changed here after the request was let in. */
    synchronized void takeId(String validId) {
        SessionId own = running.ids().parse(getId());
        SessionId valid = running.ids().parse(validId);
        if ((own == null || !live().accepts(own)) && valid != null && live().accepts(valid)) {
            super.setId(validId);
        }
    }

    /** Of the attributes only those that no other node has are shown to listeners. */
    void endSilently() {
        silent = true;
    }

    @Override
    public Set<String> getKeys() {
        return silent ? Set.copyOf(attributes().localNames()) : attributes().keySet();
    }

    @Override
    public Map<String, Object> getAllAttributes() {
        return Collections.unmodifiableMap(attributes());
    }

    /**
     * Writes what was changed since the last save, if anything was; else Redis is told at most that a request has used the
     * session. Jetty also saves sessions that nobody uses, when it gives them up; that does not keep them alive. A session that
     * has ended is not brought back: its changes are dropped.
     *
     * @param savedBefore whether this is not the first save
     * @throws StoreException when the changes may not have been written; the next save tries again
     */
    void save(boolean savedBefore) {
        confirmId();
        if (savedBefore && isGone()) {
            return;
        }
        live().containerState().setAlong(JettyTimes.NAME, times().text());
        Use use = live().begin();
        try {
            boolean lives = live().commit(use);
            if (lives && getAccessed() > live().lastAccessedMillis()) {
                live().touchAtEnd();
            }
        } finally {
            live().end(use);
        }
    }

    /**
     * The attribute, or null.
     *
     * @throws io.holdfast.codec.UnreadableAttributeException when it cannot be decoded, by setting
     */
    @Override
    public @Nullable Object getAttribute(String name) {
        Object value = attributes().get(name);
        if (value == null && running.settings().throwIfUnreadable()) {
            AttributeChecks.requireReadable(attributes(), name);
        }
        return value;
    }

    /**
     * Sets an attribute, or removes it with null.
     *
     * @throws IllegalArgumentException when it cannot be stored, by setting
     */
    @Override
    public @Nullable Object setAttribute(String name, @Nullable Object value) {
        LiveSession live = viewed();
        AttributeMap attributes = live.attributes();
        if (value != null && running.settings().rejectNonSerializable()) {
            AttributeChecks.requireStorable(attributes, name, value);
        }
        if (name.startsWith(OF_JETTY)) {
            var unused = attributes.get(name); // Jetty itself wants to see what it replaces
        }
        Object previous = value == null ? attributes.remove(name) : attributes.put(name, value);
        wrote(live);
        if (value != null || previous != null) {
            setDirty(name);
        }
        return previous;
    }

    /**
     * Whether a save may have something to write. Also when attributes were handed out only, because they may have been changed
     * in place; if it turns out that they were not, nothing is written.
     */
    @Override
    public boolean isDirty() {
        return super.isDirty() || live().hasUnattributed();
    }

    /**
     * Whether the session is over. When it is by what this node knows, Redis is asked, because another node may have kept it
     * alive.
     *
     * @throws StoreException when Redis could not be asked
     */
    @Override
    public boolean isExpiredAt(long time) {
        return live().hasEnded() || (super.isExpiredAt(time) && !isAliveInRedis(time));
    }

    @Override
    public void setMaxInactiveMs(long maxInactive) {
        super.setMaxInactiveMs(maxInactive);
        LiveSession live = viewed();
        live.setMaxInactiveSeconds(seconds(maxInactive));
        wrote(live);
    }

    /**
     * Gives the session another id. One of the same record is valid, and the old one dead, when this returns. With one of
     * another form the session moves to another record, which the next save creates.
     *
     * @throws StoreException when Redis could not be told; the next save tries again
     */
    @Override
    public void setId(String newId) {
        if (newId.equals(getId())) {
            return;
        }
        SessionId next = running.ids().parse(newId);
        if (next == null) {
            throw new IllegalArgumentException(
                    "Session " + live().record() + ": its new id has not the form that HoldfastSessionIdManager makes");
        }
        super.setId(newId);
        if (next.record().equals(live().record())) {
            unconfirmed = next;
            confirmId();
        } else {
            moveTo(next);
        }
    }

    /** Whether the session has ended, or has another id now, as far as is known here. */
    private boolean isOver() {
        SessionId id = running.ids().parse(getId());
        return live().hasEnded() || (unconfirmed == null && (id == null || !live().accepts(id)));
    }

    /** Shows the record alone: the id is a secret. */
    @Override
    public String toString() {
        return "HoldfastSessionData[" + live().record() + "]";
    }

    private LiveSession viewed() {
        Supplier<LiveSession> known = view;
        return known == null ? live() : known.get();
    }

    private void wrote(LiveSession live) {
        if (view != null && running.scopes().currentUseOf(live) == null) {
            written.add(live);
        }
    }

    private AttributeMap attributes() {
        return viewed().attributes();
    }

    private void confirmId() {
        SessionId id = unconfirmed;
        if (id != null) {
            live().changeId(id);
            unconfirmed = null;
        }
    }

    private void moveTo(SessionId next) {
        LiveSession moved = running.sessions().create(next, live().createdMillis(), live().maxInactiveSeconds());
        for (Map.Entry<String, Object> attribute : live().attributes().entrySet()) {
            moved.attributes().put(attribute.getKey(), attribute.getValue());
        }
        newest = moved;
        _attributes = moved.attributes();
    }

    /** Whether a session that was saved before, though not by this object, is not there any more. */
    private boolean isGone() {
        return !live().isStored()
                && !live().hasEnded()
                && !(running.store().load(live().record()) instanceof LoadResult.Found);
    }

    private boolean isAliveInRedis(long time) {
        if (!live().isStored() || !validate()) {
            return false;
        }
        takeTimes();
        if (super.isExpiredAt(time)) {
            // Redis ends sessions up to one interval late, and Jetty looks again at once if it is not told later
            Duration late = running.sessions().settings().touchIntervalFor(live().maxInactiveSeconds());
            setExpiry(time + late.toMillis());
        }
        return true;
    }

    /** Whether the session lives, and this is its id, as Redis holds it now. */
    private boolean validate() {
        Use use = live().begin();
        try {
            return live().validate(use) && !isOver();
        } finally {
            live().end(use);
        }
    }
}
