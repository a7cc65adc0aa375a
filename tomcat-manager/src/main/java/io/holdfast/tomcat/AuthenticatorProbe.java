package io.holdfast.tomcat;

import org.apache.catalina.Context;
import org.apache.catalina.authenticator.AuthenticatorBase;

/**
 * Recognizes the one question Tomcat asks of every request with a session id, whether or not the application has a login:
 * is a user known in its session? Answering it would cost each request a load, static files included. In an application
 * without a login configuration the answer can wait until somebody wants to know the user; see {@link SessionUser}.
 */
final class AuthenticatorProbe {
    /** The question comes through a few methods of the request, and when it is asked again, of {@link SessionUser}. */
    private static final int FRAMES = 8;

    /** To compare classes is much cheaper than to ask for their names. */
    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private AuthenticatorProbe() {}

    /**
     * Whether the calling thread is asking it now. No in an application with constraints, which may have been added since the start,
     * by the annotations of a servlet that was loaded late: there Tomcat has to know.
     */
    static boolean isAsked(Context context) {
        return RequestScope.mayBeAtAuthenticator() && context.findConstraints().length == 0 && isCalling();
    }

    private static boolean isCalling() {
        return STACK.walk(frames -> frames.limit(FRAMES)
                .anyMatch(frame -> frame.getDeclaringClass() == AuthenticatorBase.class
                        && frame.getMethodName().equals("invoke")));
    }
}
