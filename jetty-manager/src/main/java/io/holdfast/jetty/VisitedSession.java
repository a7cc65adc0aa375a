package io.holdfast.jetty;

import java.util.Map;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.session.ManagedSession;
import org.eclipse.jetty.session.SessionData;
import org.eclipse.jetty.session.SessionManager;
import org.jspecify.annotations.Nullable;

/**
 * A session of Jetty that is handed to requests before anybody asks for it. Until then, what Jetty does with the id and the
 * cookie of a request concerns that request's visit alone.
 */
abstract class VisitedSession extends ManagedSession {
    private final RequestScopes scopes;
    private final Visitors visitors = new Visitors();

    VisitedSession(SessionManager manager, SessionData data, RequestScopes scopes) {
        super(manager, data);
        this.scopes = scopes;
    }

    /** Requests that were handed this object and still run. */
    final Visitors visitors() {
        return visitors;
    }

    /** The visit of the request that the calling thread works for; null: it has none. */
    @Nullable
    final Visit visit() {
        RequestScope scope = scopes.current();
        return scope == null ? null : scope.visitOf(this);
    }

    private @Nullable Visit unusedVisit() {
        Visit visit = visit();
        return visit != null && visit.isUnused() ? visit : null;
    }

    @Override
    public void setExtendedId(String extendedId) {
        Visit visit = unusedVisit();
        if (visit == null) {
            super.setExtendedId(extendedId);
        } else {
            visit.setExtendedId(extendedId);
        }
    }

    @Override
    public String getExtendedId() {
        Visit visit = unusedVisit();
        String own = visit == null ? null : visit.extendedId();
        if (own != null) {
            return own;
        }
        String id = getId();
        String known = super.getExtendedId();
        boolean current = known != null
                && getSessionManager().getSessionIdManager().getId(known).equals(id);
        return current ? known : getSessionManager().getSessionIdManager().getExtendedId(id, null);
    }

    @Override
    public void onIdChanged() {
        Visit visit = unusedVisit();
        if (visit == null) {
            super.onIdChanged();
        } else {
            visit.setCookieNeeded(getSessionManager().isUsingCookies());
        }
    }

    @Override
    public boolean isSetCookieNeeded() {
        Visit visit = unusedVisit();
        return visit == null ? super.isSetCookieNeeded() : visit.isCookieNeeded();
    }

    @Override
    public HttpCookie generateSetCookie(String name, Map<String, String> attributes) {
        Visit visit = unusedVisit();
        if (visit == null) {
            return super.generateSetCookie(name, attributes);
        }
        visit.setCookieNeeded(false);
        return HttpCookie.from(name, getExtendedId(), attributes);
    }
}
