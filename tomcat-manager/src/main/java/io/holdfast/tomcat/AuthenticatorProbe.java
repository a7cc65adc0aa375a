package io.holdfast.tomcat;

import org.apache.catalina.Context;
import org.apache.catalina.Valve;
import org.apache.catalina.authenticator.AuthenticatorBase;
import org.apache.catalina.authenticator.NonLoginAuthenticator;
import org.apache.catalina.connector.Request;

/**
 * Recognizes the one question Tomcat asks of every request with a session id, whether or not the application has a login:
 * is a user known in its session? Answering it would cost each request a load, static files included. In an application
 * without a login configuration the answer can wait until somebody wants to know the user; see {@link SessionUser}.
 */
final class AuthenticatorProbe {
    /** To compare classes is much cheaper than to ask for their names. */
    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** Not public. It sends a request to its web application, and tells nobody before but request listeners. */
    private static final String HOST_VALVE = "org.apache.catalina.core.StandardHostValve";

    private AuthenticatorProbe() {}

    /**
     * Whether Tomcat's authenticator is sure to be the next that asks for the session of {@code request}. Then nobody has to look at
     * the stack, which takes about as long as all else that an untouched request costs. {@code next}: the valve that the host is about to send it to.
     */
    static boolean isSureToBeNext(Request request, Valve next) {
        Context context = request.getContext();
        return context != null
                && next.getClass().getName().equals(HOST_VALVE)
                && context.getPipeline().getFirst() instanceof NonLoginAuthenticator first
                && first.getClass() == NonLoginAuthenticator.class
                && first.getCache()
                && request.getPrincipal() == null
                && request.getRequestedSessionId() != null
                && !KnownSession.isIn(request)
                && !hasRequestListener(context);
    }

    /**
     * Whether the calling thread is asking it now. No in an application with constraints, which may have been added since the start,
     * by the annotations of a servlet that was loaded late: there Tomcat has to know.
     */
    static boolean isAsked(Context context) {
        return RequestScope.mayBeAtAuthenticator() && context.findConstraints().length == 0 && isCalling();
    }

    /** Like {@link #isAsked}, of somebody who asks the manager for the session of a request, which happens once if it has none. */
    static boolean isAskedOfManager(Context context) {
        return RequestScope.authenticatorIsNext() ? context.findConstraints().length == 0 : isAsked(context);
    }

    /** Whether it is the authenticator that has called the request, which has come here by methods of its own and of ours. */
    private static boolean isCalling() {
        return STACK.walk(frames -> frames.dropWhile(frame -> isOnTheWay(frame.getDeclaringClass()))
                .findFirst()
                .filter(frame -> frame.getDeclaringClass() == AuthenticatorBase.class
                        && frame.getMethodName().equals("invoke"))
                .isPresent());
    }

    private static boolean isOnTheWay(Class<?> caller) {
        return caller == Request.class || caller.getPackage() == AuthenticatorProbe.class.getPackage();
    }

    private static boolean hasRequestListener(Context context) {
        Object[] listeners = context.getApplicationEventListeners();
        if (listeners != null) {
            for (Object listener : listeners) {
                if (ServletTypes.isRequestListener(listener)) {
                    return true;
                }
            }
        }
        return false;
    }
}
