package io.holdfast.tomcat;

import io.holdfast.exclusive.ExclusiveRequests;
import io.holdfast.live.LiveSession;
import io.holdfast.request.RequestSessions;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.Use;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.jspecify.annotations.Nullable;

/**
 * What one request did with sessions: usually one, more when it is dispatched into another web application. Made for every
 * request; holds nothing while the request leaves its session alone.
 *
 * <p>Kept in a note of the request, because an asynchronous request goes on after the valve has returned and may enter it
 * again, and in a thread local while a thread is inside the valve: the container asks the manager for a session by id alone
 * and says nothing about the request it is for.
 *
 * <p>Ends when the last thread leaves the valve; for an asynchronous request with its response; and for one whose
 * application closes the response and goes on, when the container is done with the request.
 */
final class RequestScope {
    private static final String NOTE = "io.holdfast.scope";
    private static final ThreadLocal<RequestScope> CURRENT = new ThreadLocal<>();

    private final Request request;
    private final ResponseTap tap;
    private final RequestSessions<RedisSession> sessions = new RequestSessions<>();
    private final Set<String> absent = ConcurrentHashMap.newKeySet();
    private final AtomicInteger threadsInside = new AtomicInteger();
    private volatile boolean responseEnded;
    private volatile boolean behindAuthenticator;
    private volatile boolean authenticatorIsNext;

    private RequestScope(Request request, Response response) {
        this.request = request;
        this.tap = ResponseTap.install(response.getCoyoteResponse(), this);
    }

    /** The scope of {@code request}, made if this is the first time. */
    static RequestScope of(Request request, Response response) {
        if (request.getNote(NOTE) instanceof RequestScope known) {
            return known;
        }
        RequestScope scope = new RequestScope(request, response);
        request.setNote(NOTE, scope);
        return scope;
    }

    /** Whether {@code request} is being worked on: it entered the valve and is not over. */
    static boolean isOpen(Request request) {
        return request.getNote(NOTE) != null;
    }

    /** The scope the calling thread works in; null outside of requests. */
    static @Nullable RequestScope current() {
        return CURRENT.get();
    }

    /** The use of {@code session} by the request the calling thread works for. */
    static @Nullable Use currentUseOf(LiveSession session) {
        RequestScope scope = CURRENT.get();
        return scope == null ? null : scope.sessions.useOf(session);
    }

    /**
     * Binds the calling thread to this scope; returns what {@link #leave} takes back.
     *
     * @param isNext whether the authenticator of the web application is sure to be the next that asks for a session
     */
    @Nullable
    RequestScope enter(boolean isNext) {
        RequestScope outer = CURRENT.get();
        CURRENT.set(this);
        threadsInside.incrementAndGet();
        behindAuthenticator = false; // an asynchronous request passes it again
        authenticatorIsNext = isNext;
        return outer;
    }

    /** The request has passed the authenticator of its web application; Tomcat asks for no user any more. */
    void passedAuthenticator() {
        behindAuthenticator = true;
    }

    /**
     * Whether it is sure to be the authenticator that asks for the session of the request that the calling thread works for. No from
     * then on.
     */
    static boolean authenticatorIsNext() {
        RequestScope scope = CURRENT.get();
        if (scope == null || !scope.authenticatorIsNext) {
            return false;
        }
        scope.authenticatorIsNext = false;
        return !scope.behindAuthenticator;
    }

    /** Whether the request that the calling thread works for may be at the authenticator of its web application. */
    static boolean mayBeAtAuthenticator() {
        RequestScope scope = CURRENT.get();
        return scope != null && !scope.behindAuthenticator;
    }

    /** Sets the calling thread free; the scope ends with the last one unless the request goes on asynchronously. */
    void leave(@Nullable RequestScope outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
        if (threadsInside.decrementAndGet() > 0) {
            return; // a valve sent the request through the host again
        }
        if (!request.isAsync()) {
            finish();
        } else if (responseEnded) {
            leaveToContainer();
        }
    }

    /**
     * This request uses {@code session} from now on, and what it changes is committed before its first byte leaves. In an
     * application where Tomcat's look for the user was put off, the user is known now.
     *
     * @param exclusive whose turn with the session the use keeps, if the request has one; null: it has none
     */
    void add(RedisSession session, Use use, @Nullable ExclusiveRequests exclusive) {
        sessions.add(session, use, pathOf(request), exclusive);
        if (request.getPrincipal() instanceof SessionUser) {
            request.setAuthType(session.getAuthType());
        }
    }

    /** Does {@code work} when it is this request's turn with a session, if it is exclusive; see {@link RequestSessions#inTurn}. */
    <T extends @Nullable Object> T inTurn(ExclusiveRequests exclusive, String record, Supplier<T> work) {
        return sessions.inTurn(exclusive, record, request::getDecodedRequestURI, work);
    }

    /** Somebody logged in during this request, in an application where the look for the user was put off. */
    void putOffUser() {
        request.setUserPrincipal(SessionUser.of(request));
    }

    boolean contains(RedisSession session) {
        return sessions.contains(session);
    }

    /** An id that was looked up in vain is not looked up again by this request. */
    void addAbsent(String id) {
        absent.add(id);
    }

    /** The id names a session now. */
    void removeAbsent(String id) {
        absent.remove(id);
    }

    boolean isAbsent(String id) {
        return absent.contains(id);
    }

    /** Redis failed the request the calling thread works for: if it ends with an error, that is why. Returns the cause. */
    static StoreException noted(StoreException cause) {
        RequestScope scope = CURRENT.get();
        return scope == null ? cause : scope.sessions.noted(cause);
    }

    /** The sessions it uses, to be committed or refused together. */
    RequestSessions<RedisSession> sessions() {
        return sessions;
    }

    Request request() {
        return request;
    }

    /**
     * Commits all sessions this request uses. Throws on the first that fails.
     *
     * @throws StoreException when changes may not have been written
     */
    void commit() {
        adopt();
        sessions.commit();
    }

    /** Like {@link #commit}, when the calling thread has left the application. */
    void commitOutsideApplication() {
        adopt();
        sessions.commitOutsideApplication();
    }

    /** Commits what was changed after the response began; the client can no longer be told, so failures are reported. */
    void commitLate() {
        adopt();
        sessions.commitLate();
    }

    /**
     * The response is about to be complete, which may happen on any thread, and while the application still works.
     *
     * @param begun whether the client has seen the first byte of it, and something may have been changed since
     */
    void responseEnds(boolean begun) {
        responseEnded = true;
        if (threadsInside.get() > 0) {
            if (begun) {
                commitLate();
            }
            return;
        }
        commitLate();
        if (request.isAsync()) {
            leaveToContainer();
        } else {
            finish();
        }
    }

    /** A session that a thread of the application got from the request: it asked the manager, but for no known request. */
    private void adopt() {
        RedisSession session = sessions.isRefused() ? null : KnownSession.of(request);
        if (session != null && !contains(session)) {
            Use use = session.live().begin();
            use.markValidated();
            add(session, use, null);
        }
    }

    /** Nothing will tell this scope when the application is done; the container tells the session the request has got. */
    private void leaveToContainer() {
        if (sessions.isRefused()) {
            sessions.finish();
            return;
        }
        RedisSession known = KnownSession.of(request);
        sessions.forEach((session, use) -> {
            if (session == known) {
                session.endUseWithNextAccess(use);
            } else {
                session.endLate(use);
            }
        });
    }

    /** The request is over: nothing of it is looked at any more. */
    private void finish() {
        try {
            sessions.finish();
        } finally {
            request.removeNote(NOTE);
            tap.remove();
        }
    }

    /** As the client asked for it, without path parameters, of which one is the session's id. */
    private static String pathOf(Request request) {
        String uri = request.getRequestURI();
        int parameters = uri == null ? -1 : uri.indexOf(';');
        return uri == null ? "" : parameters < 0 ? uri : uri.substring(0, parameters);
    }
}
