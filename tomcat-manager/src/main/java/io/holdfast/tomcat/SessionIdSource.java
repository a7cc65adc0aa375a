package io.holdfast.tomcat;

import io.holdfast.session.SessionId;
import io.holdfast.session.SessionIds;
import org.apache.catalina.util.SessionIdGeneratorBase;

/** Makes session ids from Tomcat's own source of random numbers, with the route of this node behind them, if it has one. */
final class SessionIdSource extends SessionIdGeneratorBase {
    @Override
    public String generateSessionId(String route) {
        return withRoute(SessionIds.create(this::getRandomBytes), route);
    }

    /** Another id for the same record. */
    String renew(String record) {
        return withRoute(SessionIds.renew(record, this::getRandomBytes), getJvmRoute());
    }

    private static String withRoute(SessionId id, String route) {
        return route == null || route.isEmpty() ? id.value() : id.value() + "." + route;
    }
}
