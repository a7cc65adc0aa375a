package io.holdfast.tomcat;

import io.holdfast.session.SessionIds;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Gives a request with a session id a user that is looked up when asked for. The last valve of a web application without a
 * login configuration: behind the authenticator, which would take such a user for one who has logged in.
 */
final class SessionUserValve extends ValveBase {
    SessionUserValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException {
        if (request.getPrincipal() == null && SessionIds.parse(request.getRequestedSessionId()) != null) {
            request.setUserPrincipal(SessionUser.of(request));
        }
        Passing.on(getNext(), request, response);
    }
}
