package io.holdfast.jetty;

import org.eclipse.jetty.session.AbstractSessionCacheFactory;
import org.eclipse.jetty.session.SessionCache;
import org.eclipse.jetty.session.SessionManager;

/**
 * Has a node keep sessions between requests, but never use one without asking Redis whether it is current. To be added to the
 * server as a bean before it starts, with a {@link HoldfastSessionDataStoreFactory}.
 *
 * <p>Unlike Jetty 12.0 by itself, sessions are saved before the client sees the response.
 */
public final class HoldfastSessionCacheFactory extends AbstractSessionCacheFactory {
    public HoldfastSessionCacheFactory() {
        setFlushOnResponseCommit(true);
    }

    @Override
    public SessionCache newSessionCache(SessionManager manager) {
        return new HoldfastSessionCache(manager);
    }
}
