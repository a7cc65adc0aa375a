package io.holdfast.tomcat;

import io.holdfast.session.SessionIds;
import java.io.IOException;
import org.apache.catalina.Context;
import org.apache.catalina.authenticator.NonLoginAuthenticator;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * Gives a request with a session id a user that is looked up when asked for. The last valve of a web application without a
 * login configuration: behind the authenticator, which would take such a user for one who has logged in.
 */
final class SessionUserValve extends ValveBase {
    private SessionUserValve() {
        super(true);
    }

    /** Null where there is a login or a constraint: there Tomcat has to know the user of each request. */
    static @Nullable SessionUserValve addUnlessLogin(Context context) {
        boolean login = !(context.getAuthenticator() instanceof NonLoginAuthenticator);
        if (login || context.findConstraints().length > 0) {
            return null;
        }
        SessionUserValve valve = new SessionUserValve();
        context.getPipeline().addValve(valve);
        context.addSecurityRole(SessionUser.ANY_USER);
        return valve;
    }

    void removeFrom(Context context) {
        context.getPipeline().removeValve(this);
        context.removeSecurityRole(SessionUser.ANY_USER);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException {
        if (request.getPrincipal() == null && SessionIds.parse(request.getRequestedSessionId()) != null) {
            request.setUserPrincipal(SessionUser.of(request));
        }
        RequestScope scope = RequestScope.current();
        if (scope != null) {
            scope.passedAuthenticator();
        }
        Passing.on(getNext(), request, response);
    }
}
