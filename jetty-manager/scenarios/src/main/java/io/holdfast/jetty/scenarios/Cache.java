package io.holdfast.jetty.scenarios;

import io.holdfast.jetty.HoldfastSessionCacheFactory;
import org.eclipse.jetty.session.AbstractSessionCacheFactory;
import org.eclipse.jetty.session.DefaultSessionCacheFactory;
import org.eclipse.jetty.session.NullSessionCacheFactory;
import org.eclipse.jetty.session.SessionCache;

/** Caches of sessions: ours, and Jetty's own as clusters without sticky sessions use them. */
enum Cache {
    /** Ours, which keeps sessions between requests. */
    HOLDFAST {
        @Override
        AbstractSessionCacheFactory create() {
            return new HoldfastSessionCacheFactory();
        }
    },

    /** All requests of a node that overlap share the session. */
    DEFAULT_EVICTING_ON_EXIT {
        @Override
        AbstractSessionCacheFactory create() {
            DefaultSessionCacheFactory factory = new DefaultSessionCacheFactory();
            factory.setEvictionPolicy(SessionCache.EVICT_ON_SESSION_EXIT);
            return factory;
        }
    },

    /** Each request has a copy of its own. */
    NONE {
        @Override
        AbstractSessionCacheFactory create() {
            return new NullSessionCacheFactory();
        }
    };

    abstract AbstractSessionCacheFactory create();

    /** One that saves before the client sees the response. */
    AbstractSessionCacheFactory factory() {
        AbstractSessionCacheFactory factory = create();
        factory.setFlushOnResponseCommit(true);
        return factory;
    }
}
