package io.holdfast.jetty.scenarios;

import io.holdfast.jetty.HoldfastSessionCacheFactory;
import org.eclipse.jetty.session.AbstractSessionCacheFactory;
import org.eclipse.jetty.session.DefaultSessionCacheTest;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** Jetty's own suite for its default cache, on ours; it brings a store of its own. All but one test. */
public class SessionCacheSuiteTest extends DefaultSessionCacheTest {
    @Override
    public AbstractSessionCacheFactory newSessionCacheFactory(
            int evictionPolicy,
            boolean saveOnCreate,
            boolean saveOnInactiveEvict,
            boolean removeUnloadableSessions,
            boolean flushOnResponseCommit) {
        HoldfastSessionCacheFactory factory = new HoldfastSessionCacheFactory();
        factory.setEvictionPolicy(evictionPolicy);
        factory.setSaveOnCreate(saveOnCreate);
        factory.setSaveOnInactiveEviction(saveOnInactiveEvict);
        factory.setRemoveUnloadableSessions(removeUnloadableSessions);
        factory.setFlushOnResponseCommit(flushOnResponseCommit);
        return factory;
    }

    /**
     * In the suite of 12.1 only. It fails with Jetty's own cache too, 7 of 25 times on two cores: right behind the signal that lets
     * one thread evict the session, it expects to find the session in the cache.
     */
    @Test
    @Disabled("looks into the cache while another thread may have emptied it; fails with Jetty's own cache too")
    public void testRaceOnEviction() {}
}
