package io.holdfast.jetty;

import io.holdfast.session.StoreException;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jetty.session.DefaultSessionCache;
import org.eclipse.jetty.session.ManagedSession;
import org.eclipse.jetty.session.SessionManager;
import org.eclipse.jetty.util.thread.AutoLock;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's cache, whose sessions are never used without asking Redis whether they are current: a request sees what other nodes
 * have changed until it enters, and a session that has ended elsewhere, or has got another id there, is not found.
 *
 * <p>Requests of one node that overlap share the session. Each saves when it ends; Jetty itself waits for the last.
 */
final class HoldfastSessionCache extends DefaultSessionCache {
    /** How often a session is looked up that is given up at the same time by the request that ends. */
    private static final int ATTEMPTS = 16;

    HoldfastSessionCache(SessionManager manager) {
        super(manager);
    }

    /**
     * The session with this id, which a request enters, or null.
     *
     * @throws SessionLookupError when Redis could not be asked; never means that there is none
     */
    @Override
    public @Nullable ManagedSession get(String id) throws Exception {
        try {
            return super.get(id);
        } catch (StoreException e) {
            throw new SessionLookupError(e);
        }
    }

    /**
     * The session with this id, or null.
     *
     * @param enter whether a request enters it; if not, it is given as this node knows it
     */
    @Override
    protected @Nullable ManagedSession getAndEnter(String id, boolean enter) throws Exception {
        for (int attempt = 1; ; attempt++) {
            ManagedSession known = doGet(id);
            boolean over = known != null && enter && !refresh(known);
            if (known != null && over) {
                giveUp(id, known);
            }
            ManagedSession session = super.getAndEnter(id, enter);
            if (session != null || known == null || over || attempt == ATTEMPTS) {
                return session;
            }
        }
    }

    @Override
    public void release(ManagedSession session) throws Exception {
        try {
            saveBeforeOthersEnd(session);
        } finally {
            super.release(session);
            if (session.getSessionData() instanceof HoldfastSessionData data && data.isOver()) {
                giveUp(session.getId(), session);
            }
        }
    }

    /** The sessions that are to be ended here. One that this node knows and another one ends is given up without a word. */
    @Override
    public Set<String> checkExpiration(Set<String> candidates) {
        Set<String> ended = new HashSet<>(super.checkExpiration(candidates));
        if (getSessionDataStore() instanceof HoldfastSessionDataStore store) {
            ended.removeIf(id -> giveUpUnlessEnding(id, store));
        }
        return ended;
    }

    private boolean giveUpUnlessEnding(String id, HoldfastSessionDataStore store) {
        ManagedSession known = doGet(id);
        if (known == null || store.isEnding(id)) {
            return false;
        }
        giveUp(id, known);
        return true;
    }

    private static boolean refresh(ManagedSession known) {
        if (!(known.getSessionData() instanceof HoldfastSessionData data)) {
            return true;
        }
        if (!data.refresh()) {
            return false;
        }
        AutoLock lock = known.lock();
        try {
            data.takeNewerTimes();
        } finally {
            lock.close();
        }
        return true;
    }

    /** The next request loads the session anew; requests that use this object now go on with it. */
    private void giveUp(String id, ManagedSession session) {
        AutoLock lock = session.lock();
        try {
            if (doGet(id) == session) {
                doDelete(id);
            }
            if (session.getRequests() <= 0) {
                session.setResident(false);
            }
        } finally {
            lock.close();
        }
    }

    private void saveBeforeOthersEnd(ManagedSession session) throws Exception {
        AutoLock lock = session.lock();
        try {
            if (session.getRequests() > 1 && session.isValid()) {
                getSessionDataStore().store(session.getId(), session.getSessionData());
            }
        } finally {
            lock.close();
        }
    }
}
