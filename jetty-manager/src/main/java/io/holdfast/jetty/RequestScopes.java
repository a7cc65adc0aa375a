package io.holdfast.jetty;

import io.holdfast.live.LiveSession;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.Use;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Context;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.jspecify.annotations.Nullable;

/**
 * Knows which request of a web application a thread works for: Jetty asks its caches for sessions by id alone. Jetty tells when
 * a thread enters and leaves the application for a request, also for an asynchronous one.
 */
final class RequestScopes implements ContextHandler.ContextScopeListener {
    /**
     * Scopes of one thread: a request may be dispatched into another web application, and work for another request. Threads are not
     * told that they leave an application that has stopped meanwhile; so they keep nothing of a request that is over.
     */
    private record Entered(
            RequestScopes owner,
            @Nullable WeakReference<RequestScope> entered,
            @Nullable Entered outer) {
        @Nullable
        RequestScope scope() {
            return entered == null ? null : entered.get();
        }

        boolean isGone() {
            return entered != null && entered.refersTo(null);
        }
    }

    private static final ThreadLocal<@Nullable Entered> CURRENT = new ThreadLocal<>();

    /** Requests whose response is complete, while all who take part in them are told. */
    private static final Set<Request> ENDING = ConcurrentHashMap.newKeySet();

    private final Map<Request, RequestScope> running = new ConcurrentHashMap<>();

    /** The scope the calling thread works in; null: outside of requests. */
    @Nullable
    RequestScope current() {
        for (Entered entered = CURRENT.get(); entered != null; entered = entered.outer()) {
            if (entered.owner() == this) {
                return entered.scope();
            }
        }
        return null;
    }

    /** The store failed the request the calling thread works for, in whichever web application. Returns the cause. */
    static StoreException notedByCaller(StoreException cause) {
        Entered entered = CURRENT.get();
        RequestScope scope = entered == null ? null : entered.scope();
        return scope == null ? cause : scope.noted(cause);
    }

    /**
     * An id that the client of the calling thread's request knows is dead, in whichever web application: the client has to hear of
     * the new one.
     */
    static void idChangedByCaller() {
        for (Entered entered = CURRENT.get(); entered != null; entered = entered.outer()) {
            RequestScope scope = entered.scope();
            if (scope != null) {
                scope.sessions().markIdChanged();
            }
        }
    }

    /** How many requests of the web application are running. */
    int count() {
        return running.size();
    }

    /** The use of {@code live} by the request the calling thread works for. */
    @Nullable
    Use currentUseOf(LiveSession live) {
        RequestScope scope = current();
        return scope == null ? null : scope.sessions().useOf(live);
    }

    /** The store failed the request the calling thread works for. Returns what to tell the application. */
    SessionUnavailableException failed(StoreException cause) {
        RequestScope scope = current();
        if (scope != null) {
            scope.noted(cause);
        }
        return new SessionUnavailableException(cause);
    }

    /** A thread works for a request, or, if that is null, for the application, as part of what it does. */
    @Override
    public void enterScope(Context context, @Nullable Request request) {
        if (request != null) {
            push(scopeOf(context, request));
        }
    }

    @Override
    public void exitScope(Context context, @Nullable Request request) {
        if (request != null) {
            pop();
        }
    }

    /** Does {@code work} for the request of a scope, with the web application's class loader. */
    void within(RequestScope scope, Context context, Runnable work) {
        context.run(() -> {
            push(scope);
            try {
                work.run();
            } finally {
                pop();
            }
        });
    }

    /** The request is over. */
    void ended(RequestScope scope) {
        running.remove(key(scope.request()), scope);
    }

    /**
     * Does {@code last}, the end of a request for all who take part in it. Jetty may enter web applications for it meanwhile;
     * what would be opened for it then, nobody would close.
     */
    static void ending(RequestScope scope, Runnable last) {
        boolean outermost = ENDING.add(key(scope.request()));
        try {
            last.run();
        } finally {
            if (outermost) {
                ENDING.remove(key(scope.request()));
            }
        }
    }

    private @Nullable RequestScope scopeOf(Context context, Request request) {
        Request key = key(request);
        RequestScope known = running.get(key);
        if (known != null || ENDING.contains(key)) {
            return known;
        }
        RequestScope scope = new RequestScope(request);
        try {
            request.addHttpStreamWrapper(stream -> new CommitStream(stream, this, scope, context));
        } catch (IllegalStateException e) {
            return null; // it is over; what still runs works for no request
        }
        RequestScope other = running.putIfAbsent(key, scope);
        return other == null ? scope : other;
    }

    /** The request as Jetty makes it: what wraps it may be another object on the next thread. */
    private static Request key(Request request) {
        return Request.unWrap(request);
    }

    private void push(@Nullable RequestScope scope) {
        Entered outer = CURRENT.get();
        while (outer != null && outer.isGone()) {
            outer = outer.outer();
        }
        CURRENT.set(new Entered(this, scope == null ? null : scope.weakly(), outer));
    }

    private static void pop() {
        Entered entered = CURRENT.get();
        Entered outer = entered == null ? null : entered.outer();
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
