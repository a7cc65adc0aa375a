package io.holdfast.tomcat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.apache.catalina.Session;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/** The session that a request has got already. The request's own getter would go and look for one. */
final class KnownSession {
    private static final VarHandle SESSION;

    static {
        try {
            SESSION = MethodHandles.privateLookupIn(Request.class, MethodHandles.lookup())
                    .findVarHandle(Request.class, "session", Session.class);
        } catch (ReflectiveOperationException e) {
            throw Unsupported.tomcat("request", e);
        }
    }

    private KnownSession() {}

    /** Whether the request has got one, be it one that has ended or is not ours. */
    static boolean isIn(Request request) {
        return SESSION.getVolatile(request) != null;
    }

    /** Null: the request has none, or one that has ended or is not ours. */
    static @Nullable RedisSession of(Request request) {
        return SESSION.getVolatile(request) instanceof RedisSession session && session.isValid() ? session : null;
    }
}
