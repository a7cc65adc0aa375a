package io.holdfast.tomcat;

import io.holdfast.events.SessionEvents;
import io.holdfast.expiry.HeldEnd;
import io.holdfast.live.LiveSession;
import io.holdfast.request.SharedSession;
import io.holdfast.session.EndLease;
import io.holdfast.session.SessionId;
import io.holdfast.session.SessionIds;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.AttributeChecks;
import io.holdfast.tracking.Use;
import java.security.Principal;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.catalina.session.StandardSession;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's own session on top of a live session: Tomcat does listeners, binding events and validity; attributes, time-out
 * and end are the live session's. All requests of this node that use the record share this object.
 *
 * <p>Never serialized by Tomcat: its manager does not write sessions anywhere else.
 */
final class RedisSession extends StandardSession implements SharedSession {
    private static final long serialVersionUID = 1L;

    /** Begins the names of attributes in which Jetty keeps its own state, such as a login. */
    private static final String JETTY = "org.eclipse.jetty.";

    private final transient RedisSessionManager owner;
    private final transient LiveSession live;
    private final transient SessionEvents events;
    private final transient AuthenticationState authentication;
    private final transient Object idLock = new Object();
    private final transient Set<Use> endingWithAccess = ConcurrentHashMap.newKeySet();

    RedisSession(RedisSessionManager owner, LiveSession live, SessionEvents events) {
        super(owner);
        this.owner = owner;
        this.live = live;
        this.events = events;
        this.authentication = new AuthenticationState(this);
        this.attributes = live.attributes();
    }

    /** Makes this the session of a record that was just loaded. */
    void restore(String knownId) {
        id = knownId;
        creationTime = live.createdMillis();
        isValid = true;
        refreshed(knownId);
    }

    /** Takes over what a load or refresh of the live session brought; {@code validId} is the id a request came with. */
    void refreshed(String validId) {
        takeId(validId);
        maxInactiveInterval = live.maxInactiveSeconds();
        // Redis tells it to a millisecond or two, which must not come out before the creation
        long accessed = Math.max(Math.max(live.lastAccessedMillis(), creationTime), thisAccessedTime);
        thisAccessedTime = accessed;
        lastAccessedTime = Math.max(lastAccessedTime, accessed);
        authentication.refresh();
    }

    @Override
    public LiveSession live() {
        return live;
    }

    @Override
    public SessionEvents events() {
        return events;
    }

    @Override
    public boolean isEndedHere() {
        return !isValid;
    }

    @Override
    public void forget() {
        owner.forget(this);
    }

    /**
     * Makes {@code next} the only valid id, on all nodes at once.
     *
     * @throws StoreException when Redis cannot be reached; the old id stays valid
     */
    void changeSecret(SessionId next) {
        try {
            if (!live.changeId(next)) {
                endLocally();
                throw new IllegalStateException("Session " + live.record() + " has ended on another node");
            }
        } catch (StoreException e) {
            throw RequestScope.noted(e);
        }
        RequestScope scope = RequestScope.current();
        if (scope != null && live.isStored()) {
            scope.sessions().markIdChanged();
        }
    }

    @Override
    public void refuse(Use use) {
        SharedSession.super.refuse(use);
        maxInactiveInterval = live.maxInactiveSeconds();
    }

    /** Commits what is left of a use, and ends it. */
    boolean endLate(Use use) {
        try {
            commitLate(use);
        } finally {
            endUse(use);
        }
        return true;
    }

    /**
     * Ends a use for which somebody has looked whether the session lives, and does not go on with it. What threads without a request have
     * put, removed or set meanwhile they have left to that, as if it were a request that will commit.
     */
    void endLook(Use use) {
        live.end(use);
        if (use.isValidated()) {
            commitUnattributed(() -> live.hasEnded() || live.commitLeftBehind());
        }
    }

    /** The use ends, and what it still changes is committed, when the container next says that an access is over. */
    void endUseWithNextAccess(Use use) {
        endingWithAccess.add(use);
    }

    /**
     * Ends this node's session object, whose session has ended; whoever ended that tells the listeners. Only values that no
     * other node has are unbound here.
     */
    @Override
    public void endLocally() {
        if (expiring) {
            return; // another thread ends it; listeners that are being told may take long
        }
        synchronized (this) {
            if (!isValid || expiring) {
                return;
            }
            expiring = true;
            try {
                live.attributes().localNames().forEach(this::unbind);
            } finally {
                expiring = false;
            }
            super.expire(false);
        }
    }

    /** A value that fails when it is told changes nothing of the answer, which says why the session was not stored. */
    @Override
    public void endStillborn() {
        try {
            expire(true);
        } catch (RuntimeException | Error e) {
            manager.getContext()
                    .getLogger()
                    .error("Session " + live.record() + ": not all listeners heard of its end", e);
        }
    }

    /** A value that fails when it is told concerns neither the others nor the request that has found the session ended. */
    private void unbind(String name) {
        try {
            removeAttributeInternal(name, true);
        } catch (RuntimeException | Error e) {
            manager.getContext()
                    .getLogger()
                    .error("Session " + live.record() + ": attribute " + name + " failed when it was unbound", e);
        }
    }

    /**
     * Tells the listeners that the session has ended, by this object with the session's last state.
     *
     * @return false: nobody was told, because this object has ended already, is another session's or is kept busy
     */
    boolean endTold(EndLease lease) {
        synchronized (this) {
            if (!isValid || expiring || !takesOver(lease)) {
                return false;
            }
            super.expire(true);
            return true;
        }
    }

    private boolean takesOver(EndLease lease) {
        try {
            return live.endWith(lease);
        } catch (StoreException e) {
            return false;
        }
    }

    /** Whether the session lives, as far as is known. Expiry is decided by Redis when the session is loaded. */
    @Override
    public boolean isValid() {
        return isValid && (expiring || !live.hasEnded());
    }

    /**
     * Ends the session on all nodes, then here. Listeners are told if no other node was first; if this node dies before they
     * all have been, another one tells them.
     *
     * @throws StoreException when Redis cannot be reached; the session lives on
     */
    @Override
    public void expire(boolean notify) {
        synchronized (this) {
            if (isValid && !expiring) {
                expireHere(notify, endEverywhere());
            }
        }
    }

    private void expireHere(boolean notify, LiveSession.Ended ended) {
        EndLease lease = ended.lease();
        if (lease == null) {
            super.expire(notify && ended.here());
            return;
        }
        HeldEnd held = owner.hold(lease);
        try {
            super.expire(notify);
        } finally {
            held.told();
        }
    }

    private LiveSession.Ended endEverywhere() {
        try {
            return live.end();
        } catch (StoreException e) {
            throw RequestScope.noted(e);
        }
    }

    /** Unlike the inherited method never leaves the manager without the session while the id changes. */
    @Override
    public void setId(String newId, boolean notify) {
        boolean first = id == null;
        synchronized (idLock) {
            id = newId;
        }
        if (first) {
            owner.add(this);
        }
        if (notify) {
            tellNew();
        }
    }

    @Override
    public void setMaxInactiveInterval(int interval) {
        super.setMaxInactiveInterval(interval);
        live.setMaxInactiveSeconds(interval);
        commitUnlessRequestWill();
    }

    /**
     * The attribute, or null.
     *
     * @throws io.holdfast.codec.UnreadableAttributeException when it cannot be decoded, by setting
     */
    @Override
    public @Nullable Object getAttribute(String name) {
        Object value = super.getAttribute(name);
        if (value == null && name != null && owner.attributeSettings().throwIfUnreadable()) {
            AttributeChecks.requireReadable(live.attributes(), name);
        }
        return value;
    }

    /** Without what a Jetty that has the session too keeps in it for itself: of classes that are not here. */
    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(Collections.list(super.getAttributeNames()).stream()
                .filter(name -> !name.startsWith(JETTY))
                .toList());
    }

    /** Whose end listeners are told, without what Jetty keeps for itself. */
    @Override
    protected String[] keys() {
        return Arrays.stream(super.keys())
                .filter(name -> !name.startsWith(JETTY))
                .toArray(String[]::new);
    }

    /**
     * Sets an attribute.
     *
     * @throws IllegalArgumentException when it cannot be stored, by setting
     */
    @Override
    public void setAttribute(String name, @Nullable Object value, boolean notify) {
        if (value != null && name != null && owner.attributeSettings().rejectNonSerializable()) {
            AttributeChecks.requireStorable(live.attributes(), name, value);
        }
        super.setAttribute(name, value, notify);
        commitUnlessRequestWill();
    }

    @Override
    public void removeAttribute(String name, boolean notify) {
        super.removeAttribute(name, notify);
        commitUnlessRequestWill();
    }

    @Override
    public void endAccess() {
        super.endAccess();
        endingWithAccess.removeIf(this::endLate);
        commitNow();
    }

    @Override
    public void setAuthType(@Nullable String authType) {
        super.setAuthType(authType);
        authentication.authTypeSet(authType);
    }

    @Override
    public void setPrincipal(@Nullable Principal principal) {
        if (principal instanceof SessionUser) {
            return; // it stands for the one that this session has, as when an application authenticates again
        }
        super.setPrincipal(principal);
        authentication.principalSet(principal);
        RequestScope scope = RequestScope.current();
        if (principal != null && scope != null && owner.hasLateUser()) {
            scope.putOffUser();
        }
    }

    @Override
    public void setNote(String name, Object value) {
        super.setNote(name, value);
        authentication.noteSet(name, value);
    }

    @Override
    public void removeNote(String name) {
        super.removeNote(name);
        authentication.noteSet(name, null);
    }

    /** Sets what another node knows of the user, without writing it back. */
    void authenticated(@Nullable String restoredType, @Nullable Principal restoredPrincipal) {
        super.setAuthType(restoredType);
        super.setPrincipal(restoredPrincipal);
    }

    void restoreNote(String name, @Nullable Object value) {
        if (value == null) {
            super.removeNote(name);
        } else {
            super.setNote(name, value);
        }
    }

    /** Shows the record alone: the id is a secret. */
    @Override
    public String toString() {
        return "RedisSession[" + live.record() + "]";
    }

    /** Takes over the id another node has given the session, unless it was changed here after the request was let in. */
    private void takeId(String validId) {
        synchronized (idLock) {
            if (!isAccepted(id) && isAccepted(validId)) {
                id = validId;
            }
        }
    }

    private boolean isAccepted(@Nullable String someId) {
        SessionId sessionId = SessionIds.parse(someId);
        return sessionId != null && live.accepts(sessionId);
    }

    /** Work outside of any request, such as a WebSocket's, is committed at once. */
    private void commitUnlessRequestWill() {
        commitUnattributed(live::commitUnattributed);
    }

    /** Whoever worked outside of any request, such as Tomcat 11's session accessor, is done now. */
    private void commitNow() {
        commitUnattributed(live::commitUnattributedNow);
    }

    private void commitUnattributed(BooleanSupplier commit) {
        if (!isValid || expiring) {
            return;
        }
        try {
            if (!commit.getAsBoolean()) {
                endLocally();
            }
        } catch (StoreException e) {
            owner.forget(this);
            events.commitFailed(live.record(), e);
        }
    }
}
