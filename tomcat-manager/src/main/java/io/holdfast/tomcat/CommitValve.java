package io.holdfast.tomcat;

import io.holdfast.request.Refusal;
import io.holdfast.session.StoreException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * The path of a request: opens its scope, lets it pass, and commits what it changed, at the latest when it comes back with a
 * response that has not begun. {@link ResponseTap} commits earlier when the response begins earlier.
 *
 * <p>Added to the host's pipeline by the managers of the host, once; from there it also sees request listeners and error
 * pages, which run outside of the web application's own pipeline and use sessions too.
 */
final class CommitValve extends ValveBase {
    private static final int INTERNAL_ERROR = 500;

    CommitValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException {
        RequestScope scope = RequestScope.of(request, response);
        RequestScope outer = scope.enter(AuthenticatorProbe.isSureToBeNext(request, getNext()));
        try {
            Passing.on(getNext(), request, response);
        } finally {
            try {
                commit(scope, response, outer == null);
            } finally {
                scope.leave(outer);
            }
        }
    }

    private static void commit(RequestScope scope, Response response, boolean outermost) throws IOException {
        if (scope.request().isAsync() || scope.sessions().isRefused()) {
            return;
        }
        if (response.isCommitted()) {
            scope.commitLate();
            return;
        }
        StoreException failure = scope.sessions().failure();
        if (failure != null && response.getStatus() == INTERNAL_ERROR) {
            refuse(scope, response, failure);
            return;
        }
        try {
            if (outermost) {
                scope.commitOutsideApplication();
            } else {
                scope.commit();
            }
        } catch (StoreException e) {
            refuse(scope, response, e);
        }
    }

    private static void refuse(RequestScope scope, Response response, StoreException cause) throws IOException {
        scope.sessions().refuse();
        Refusal refusal = Refusal.of(cause);
        RefusedResponse.empty(response.getCoyoteResponse(), scope, refusal.status());
        // Tomcat's error page has an encoding of its own, not that of the application's writer.
        response.resetBuffer(true);
        scope.request().removeAttribute(ServletTypes.errorExceptionAttribute());
        response.sendError(refusal.status(), refusal.message());
    }
}
