package io.holdfast.jetty.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.session.AbstractSessionDataStoreTest;
import org.eclipse.jetty.session.SessionData;
import org.eclipse.jetty.session.SessionDataStoreFactory;
import org.junit.jupiter.api.AfterEach;

/** Jetty's own suite for stores, all of it, on ours. Its ids, such as "aaa1", have not the form of Holdfast's. */
public class SessionDataStoreSuiteTest extends AbstractSessionDataStoreTest {
    private final StoredSessions stored = new StoredSessions();

    public SessionDataStoreSuiteTest() throws Exception {}

    @AfterEach
    public void closeRedis() {
        stored.close();
    }

    @Override
    public SessionDataStoreFactory createSessionDataStoreFactory() {
        return stored.factory();
    }

    @Override
    public void persistSession(SessionData data) throws Exception {
        stored.write(_sessionManager, data);
    }

    @Override
    public void persistUnreadableSession(SessionData data) throws Exception {
        stored.write(_sessionManager, data);
        stored.damage(data);
    }

    @Override
    public boolean checkSessionExists(SessionData data) {
        return stored.has(data);
    }

    @Override
    public boolean checkSessionPersisted(SessionData data) throws Exception {
        return stored.with(_sessionManager, data, store -> {
            SessionData found = store.load(data.getId());
            assertThat(found).isNotNull();
            assertThat(found.getContextPath()).isEqualTo(data.getContextPath());
            assertThat(found.getVhost()).isEqualTo(data.getVhost());
            assertThat(found.getLastNode()).isEqualTo(data.getLastNode());
            assertThat(found.getCreated()).isEqualTo(data.getCreated());
            assertThat(found.getAccessed()).isEqualTo(data.getAccessed());
            assertThat(found.getLastAccessed()).isEqualTo(data.getLastAccessed());
            assertThat(found.getCookieSet()).isEqualTo(data.getCookieSet());
            assertThat(found.getExpiry()).isEqualTo(data.getExpiry());
            assertThat(found.getMaxInactiveMs()).isEqualTo(data.getMaxInactiveMs());
            assertThat(found.getAllAttributes()).isEqualTo(data.getAllAttributes());
            return true;
        });
    }
}
