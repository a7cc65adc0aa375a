package io.holdfast.jetty;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

/** Requests that were handed one session object and still run. */
final class Visitors {
    private final Set<RequestScope> requests = ConcurrentHashMap.newKeySet();

    void add(RequestScope request) {
        requests.add(request);
    }

    void remove(RequestScope request) {
        requests.remove(request);
    }

    boolean isEmpty() {
        return requests.isEmpty();
    }

    /**
     * Has one of them ask for the session, if there are any that have not asked: a thread of the application that works for no
     * request was handed the session by one that may still have to ask for it. Nobody knows which, and an id that is wrong in one
     * of them must not hide the session from the others.
     *
     * @param enter whether a request's visit finds the session
     */
    void ask(HoldfastManagedSession session, BiPredicate<Visit, RequestScope> enter) {
        for (RequestScope request : requests) {
            Visit visit = request.visitOf(session);
            if (visit != null && visit.isUnused() && !visit.isEntering() && enter.test(visit, request)) {
                return;
            }
        }
    }
}
