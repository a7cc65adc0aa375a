package io.holdfast.tomcat;

import io.holdfast.config.AttributeSettings;
import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.InvalidSettingException;
import io.holdfast.config.Setting;
import io.holdfast.expiry.HeldEnd;
import io.holdfast.session.EndLease;
import io.holdfast.session.SessionId;
import io.holdfast.session.SessionIds;
import io.holdfast.session.StoreException;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Session;
import org.apache.catalina.SessionIdGenerator;
import org.apache.catalina.session.TooManyActiveSessionsException;
import org.apache.tomcat.util.scan.StandardJarScanFilter;
import org.jspecify.annotations.Nullable;

/**
 * A Tomcat session manager that keeps the sessions of a web application in Redis, shared by all nodes:
 *
 * <pre>{@code
 * <Manager className="io.holdfast.tomcat.RedisSessionManager" redisUri="redis://127.0.0.1:6379"/>
 * }</pre>
 *
 * <p>Settings are the attributes of that element; {@link Setting} lists them. A wrong one stops the context at start.
 * Attributes of Tomcat's own manager, such as {@code maxActiveSessions}, work as there.
 *
 * <p>Counters since start can be read through JMX.
 */
public final class RedisSessionManager extends CountingManager {
    private static final int SECONDS_PER_MINUTE = 60;

    private static final String OWN_JAR = "holdfast-tomcat*.jar";

    private final HoldfastSettings.Builder settings = HoldfastSettings.builder();
    private @Nullable InvalidSettingException firstInvalid;
    private @Nullable SessionIdSource ids;
    private @Nullable RunningManager running;

    /** Where Redis is. */
    public void setRedisUri(String value) {
        settings.set(Setting.REDIS_URI, value);
    }

    /** Second part of every key. */
    public void setNamespace(String value) {
        settings.set(Setting.NAMESPACE, value);
    }

    public @Nullable String getNamespace() {
        return settings.get(Setting.NAMESPACE);
    }

    /**
     * Takes every other attribute of the {@code <Manager>} element. One that is no setting is remembered and stops the
     * start, because the configuration reader would only log it.
     *
     * @return true: the attribute was taken
     */
    public boolean setProperty(String name, String value) {
        try {
            TomcatSettings.refuse(name, value);
            settings.set(name, value);
        } catch (InvalidSettingException e) {
            firstInvalid = firstInvalid == null ? e : firstInvalid;
        }
        return true;
    }

    /** Also spares Tomcat the search of our jar for tag libraries and annotated classes, at each application's start. */
    @Override
    public void setContext(Context context) {
        super.setContext(context);
        if (context.getJarScanner().getJarScanFilter() instanceof StandardJarScanFilter filter) {
            filter.setTldSkip(filter.getTldSkip() + "," + OWN_JAR);
            filter.setPluggabilitySkip(filter.getPluggabilitySkip() + "," + OWN_JAR);
        }
    }

    @Override
    public String getName() {
        return "RedisSessionManager";
    }

    @Override
    protected synchronized void startInternal() throws LifecycleException {
        SessionIdGenerator foreign = getSessionIdGenerator();
        if (foreign != null && !(foreign instanceof SessionIdSource)) {
            throw new LifecycleException(
                    "Remove the <SessionIdGenerator> element ("
                            + foreign.getClass().getName()
                            + ") from the <Manager>: session ids have a format of their own here, from Tomcat's random numbers.");
        }
        SessionIdSource source = new SessionIdSource();
        setSessionIdGenerator(source);
        ids = source;
        super.startInternal();
        if (SessionIds.parse(generateSessionId()) == null) {
            throw new LifecycleException(unusableRoute());
        }
        running = RunningManager.start(this, sessions, checkedSettings(), counters());
        setState(LifecycleState.STARTING);
    }

    @Override
    protected synchronized void stopInternal() throws LifecycleException {
        setState(LifecycleState.STOPPING);
        if (running != null) {
            running.stop();
            running = null;
        }
        sessions.clear();
        super.stopInternal();
    }

    @Override
    public @Nullable Session findSession(@Nullable String id) {
        SessionId sessionId = SessionIds.parse(id);
        return id == null || sessionId == null || running().isProbe()
                ? null
                : running().finder().find(id, sessionId);
    }

    @Override
    public Session createSession(@Nullable String reusedId) {
        if (maxActiveSessions >= 0 && getActiveSessions() >= maxActiveSessions) {
            rejectedSessions++;
            throw new TooManyActiveSessionsException(
                    "maxActiveSessions=" + maxActiveSessions + " is reached", maxActiveSessions);
        }
        boolean trusted = getContext().getValidateClientProvidedNewSessionId() && SessionIds.parse(reusedId) != null;
        String id = trusted && reusedId != null ? reusedId : generateSessionId();
        SessionId sessionId = SessionIds.parse(id);
        if (sessionId == null) {
            throw new IllegalStateException(unusableRoute());
        }
        if (trusted) {
            running().finder().endPredecessor(id, sessionId);
        }
        return running().finder().create(id, sessionId, getContext().getSessionTimeout() * SECONDS_PER_MINUTE);
    }

    @Override
    public void add(Session session) {
        sessions.put(record(session), session);
        noteActive();
    }

    /** Keeps the highest number of sessions this node has held at once. */
    void noteActive() {
        setMaxActive(Math.max(getMaxActive(), getActiveSessions()));
    }

    @Override
    public void remove(Session session, boolean update) {
        super.remove(session, update);
        sessions.remove(record(session), session);
    }

    @Override
    public String rotateSessionId(Session session) {
        String newId = ids().renew(record(session));
        changeSessionId(session, newId, true, true);
        return newId;
    }

    /**
     * Makes the new id valid and the old one dead, on all nodes at once, before the client hears of it.
     *
     * @throws StoreException when Redis cannot be reached; the old id stays valid
     */
    @Override
    protected void changeSessionId(
            Session session, String newId, boolean notifySessionListeners, boolean notifyContainerListeners) {
        SessionId next = SessionIds.parse(newId);
        if (next == null || !next.record().equals(record(session))) {
            throw new IllegalArgumentException("Session " + record(session)
                    + ": a session keeps its record when its id changes; let the manager make the new id");
        }
        if (session instanceof RedisSession redisSession) {
            redisSession.changeSecret(next);
        }
        super.changeSessionId(session, newId, notifySessionListeners, notifyContainerListeners);
    }

    /**
     * Has this node's idle copies looked at: they are given up, and a session that has ended is told by one of all nodes.
     * Sessions of requests that are still running are kept alive. Copies beyond the limits are given up too.
     */
    @Override
    public void processExpires() {
        long begin = System.currentTimeMillis();
        for (Session session : findSessions()) {
            if (session instanceof RedisSession redisSession) {
                if (redisSession.live().isInUse()) {
                    redisSession.live().touchAtEnd();
                } else if (running().copies().isIdle(redisSession)) {
                    running().reaper().lookAt(redisSession.live().record());
                }
            }
        }
        running().copies().touchForgotten();
        running().copies().trim();
        processingTime += System.currentTimeMillis() - begin;
    }

    /** Nothing to do: sessions are loaded one by one, when requests ask for them. */
    @Override
    public void load() {}

    /** Nothing to do: what requests changed was committed with them, and outlives this node. */
    @Override
    public void unload() {}

    /** Holds the lease of a session's end until its listeners have been told. */
    HeldEnd hold(EndLease lease) {
        return running().reaper().hold(lease);
    }

    /** This node's copy is not to be trusted any more; the next request loads the record anew. */
    void forget(RedisSession session) {
        RunningManager now = running;
        if (now != null) { // else it has stopped, and holds no copies
            now.copies().forget(session);
        }
    }

    /** Whether the user of a request is looked up when somebody asks; see {@link SessionUser}. */
    boolean hasLateUser() {
        return running().lateUser() != null;
    }

    /** What becomes of attributes that cannot be read or stored. */
    AttributeSettings attributeSettings() {
        return running().attributes();
    }

    private HoldfastSettings checkedSettings() throws LifecycleException {
        try {
            if (firstInvalid != null) {
                throw firstInvalid;
            }
            if (settings.get(Setting.NAMESPACE) == null) {
                settings.set(Setting.NAMESPACE, Namespaces.of(getContext()));
            }
            return settings.build();
        } catch (InvalidSettingException e) {
            throw new LifecycleException(e.getMessage(), e);
        }
    }

    private String unusableRoute() {
        return "jvmRoute=\"" + getJvmRoute()
                + "\" of the <Engine> makes no session id; use 1 to 64 of A-Z a-z 0-9 . _ -";
    }

    private SessionIdSource ids() {
        if (ids == null) {
            throw new IllegalStateException("The session manager is not started");
        }
        return ids;
    }

    private RunningManager running() {
        RunningManager now = running;
        if (now == null) {
            throw new IllegalStateException("The session manager is not started");
        }
        return now;
    }

    private static String record(Session session) {
        if (session instanceof RedisSession redisSession) {
            return redisSession.live().record();
        }
        SessionId id = SessionIds.parse(session.getIdInternal());
        if (id == null) {
            throw new IllegalArgumentException("A session of another manager");
        }
        return id.record();
    }
}
