package io.holdfast.jetty;

import static java.util.Objects.requireNonNull;

import io.holdfast.localredis.TestRedis;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.session.SessionCache;
import org.eclipse.jetty.session.SessionHandler;

/** A Jetty with one application, whose sessions are used without requests. */
final class TestServer implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 1_800;

    private final Server server = new Server();
    private final SessionHandler sessions = new SessionHandler();

    TestServer(String namespace) {
        this(TestRedis.shared().uri(), namespace);
    }

    TestServer(String redisUri, String namespace) {
        server.addBean(new HoldfastSessionIdManager(server), true);
        HoldfastSessionDataStoreFactory store = new HoldfastSessionDataStoreFactory();
        store.setRedisUri(redisUri);
        store.setNamespace(namespace);
        store.setSetting("nonSerializableAttribute", "reject");
        server.addBean(store);
        server.addBean(new HoldfastSessionCacheFactory());
        sessions.setMaxInactiveInterval(TIMEOUT_SECONDS);
        sessions.setHandler(new Handler.Wrapper());
        server.setHandler(new ContextHandler(sessions, "/app"));
        run(server::start);
    }

    /** A new session, which is stored. */
    HoldfastManagedSession create() {
        String id = sessions.getSessionIdManager().newSessionId(null, null, 0);
        SessionCache cache = sessions.getSessionCache();
        HoldfastManagedSession session = (HoldfastManagedSession)
                cache.newSession(id, System.currentTimeMillis(), TIMEOUT_SECONDS * TimedSessionData.MILLIS);
        run(() -> cache.add(id, session));
        return session;
    }

    /** The session as Redis holds it now, for no request. */
    HoldfastManagedSession find(String id) {
        HoldfastManagedSession[] found = new HoldfastManagedSession[1];
        run(() -> found[0] = (HoldfastManagedSession) sessions.getSessionCache().get(id));
        return requireNonNull(found[0]);
    }

    @Override
    public void close() {
        run(server::stop);
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void run(Step step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
