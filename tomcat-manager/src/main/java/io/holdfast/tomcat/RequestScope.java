package io.holdfast.tomcat;

import io.holdfast.live.LiveSession;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.Use;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 */
final class RequestScope {
    private static final String NOTE = "io.holdfast.scope";
    private static final ThreadLocal<RequestScope> CURRENT = new ThreadLocal<>();

    private final Request request;
    private final Response response;
    private final Map<RedisSession, Use> uses = new ConcurrentHashMap<>();
    private final Set<String> absent = ConcurrentHashMap.newKeySet();
    private volatile @Nullable StoreException failure;
    private volatile @Nullable ResponseTap tap;

    private RequestScope(Request request, Response response) {
        this.request = request;
        this.response = response;
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
        return scope == null ? null : scope.useOf(session);
    }

    /** Binds the calling thread to this scope; returns what {@link #leave} takes back. */
    @Nullable RequestScope enter() {
        RequestScope outer = CURRENT.get();
        CURRENT.set(this);
        return outer;
    }

    static void leave(@Nullable RequestScope outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    /**
     * This request uses {@code session} from now on, and what it changes is committed before its first byte leaves. In an
     * application where Tomcat's look for the user was put off, the user is known now.
     */
    void add(RedisSession session, Use use) {
        uses.put(session, use);
        if (request.getPrincipal() instanceof SessionUser && session.getPrincipal() != null) {
            request.setUserPrincipal(session.getPrincipal());
            request.setAuthType(session.getAuthType());
        }
        if (tap == null) {
            tap = ResponseTap.install(response.getCoyoteResponse(), this);
        }
    }

    boolean contains(RedisSession session) {
        return uses.containsKey(session);
    }

    @Nullable Use useOf(RedisSession session) {
        return uses.get(session);
    }

    /** An id that was looked up in vain is not looked up again by this request. */
    void addAbsent(String id) {
        absent.add(id);
    }

    boolean isAbsent(String id) {
        return absent.contains(id);
    }

    /** Redis failed this request; if it ends with an error, that is why. */
    void failed(StoreException cause) {
        failure = cause;
    }

    @Nullable StoreException failure() {
        return failure;
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
        uses.forEach((session, use) -> {
            try {
                session.commit(use);
            } catch (StoreException e) {
                failed(e);
                throw e;
            }
        });
    }

    /** Commits what was changed after the response began; the client can no longer be told, so failures are reported. */
    void commitLate() {
        uses.forEach((session, use) -> {
            try {
                session.commit(use);
            } catch (StoreException e) {
                session.reportFailedCommit(e);
            }
        });
    }

    /** The request is over: nothing of it is looked at any more. */
    void finish() {
        uses.forEach(RedisSession::endUse);
        uses.clear();
        request.removeNote(NOTE);
        ResponseTap installed = tap;
        if (installed != null) {
            installed.remove();
        }
    }

    private @Nullable Use useOf(LiveSession session) {
        for (Map.Entry<RedisSession, Use> entry : uses.entrySet()) {
            if (entry.getKey().live() == session) {
                return entry.getValue();
            }
        }
        return null;
    }
}
