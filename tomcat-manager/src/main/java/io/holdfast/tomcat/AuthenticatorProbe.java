package io.holdfast.tomcat;

import org.apache.catalina.Context;
import org.apache.catalina.authenticator.AuthenticatorBase;
import org.apache.catalina.connector.Request;

/**
 * Recognizes the one question Tomcat asks of every request with a session id, whether or not the application has a login:
 * is a user known in its session? Answering it would cost each request a load, static files included. In an application
 * without a login configuration the answer can wait until somebody wants to know the user; see {@link SessionUser}.
 */
final class AuthenticatorProbe {
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
}
