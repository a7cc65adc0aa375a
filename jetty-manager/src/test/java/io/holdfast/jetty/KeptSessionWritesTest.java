package io.holdfast.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.TestRedis;
import io.holdfast.tracking.Use;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread without a request changes a kept session whose copy is given up meanwhile, because a request was refused. */
class KeptSessionWritesTest {
    private final String namespace = "kept-" + UUID.randomUUID();
    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final TestServer a = new TestServer(proxy.uri(), namespace);
    private final TestServer b = new TestServer(namespace);
    private final HoldfastManagedSession session = a.create();
    private final String id = session.getId();

    @AfterEach
    void close() {
        HookedValue.WHEN_CHECKED.set(null);
        HookedValue.WHEN_TOLD.set(null);
        a.close();
        b.close();
        proxy.close();
    }

    @Test
    void putIntoACopyThatIsReplacedBeforeItIsCommitted_isStored() {
        Use refused = session.live().begin();
        HookedValue.WHEN_CHECKED.set(() -> {
            session.refuse(refused);
            session.endUse(refused);
        });
        HookedValue.WHEN_TOLD.set(() -> a.find(id)); // a request that loads the session anew

        session.setAttribute("thread", new HookedValue());

        assertThat(b.find(id).getAttribute("thread")).isNotNull();
    }

    @Test
    void putWhileTheLastRequestOfACopyThatWasGivenUpEnds_isStored() {
        Use refused = session.live().begin();
        session.refuse(refused);

        session.setAttribute("thread", "was here");
        session.endUse(refused);

        assertThat(b.find(id).getAttribute("thread")).isEqualTo("was here");
    }

    @Test
    void removalWhileTheLastRequestOfACopyThatWasGivenUpEnds_isStored() {
        session.setAttribute("thread", "was here");
        Use refused = session.live().begin();
        session.refuse(refused);

        session.removeAttribute("thread");
        session.endUse(refused);

        assertThat(b.find(id).getAttribute("thread")).isNull();
    }

    @Test
    void timeOutThatIsSetWhileTheLastRequestOfACopyThatWasGivenUpEnds_isStored() {
        Use refused = session.live().begin();
        session.refuse(refused);

        session.setMaxInactiveInterval(777);
        session.endUse(refused);

        assertThat(b.find(id).getMaxInactiveInterval()).isEqualTo(777);
    }

    @Test
    void putWhileSomebodyLooksWhetherTheSessionLives_isStored() throws Exception {
        Pause look = proxy.pauseBefore("HGETALL");
        CompletableFuture<Boolean> access =
                CompletableFuture.supplyAsync(() -> session.access(System.currentTimeMillis()));
        look.awaitReached();

        session.setAttribute("thread", "was here");
        look.release();

        assertThat(access.get(8, TimeUnit.SECONDS)).isTrue();
        assertThat(b.find(id).getAttribute("thread")).isEqualTo("was here");
    }

    /** Something happens, once, when it is about to be put, and when it has been. */
    static final class HookedValue implements Serializable, Session.ValueListener {
        static final AtomicReference<Runnable> WHEN_CHECKED = new AtomicReference<>();
        static final AtomicReference<Runnable> WHEN_TOLD = new AtomicReference<>();
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            runOnce(WHEN_CHECKED);
            out.defaultWriteObject();
        }

        @Override
        public void onSessionAttributeUpdate(Session of, String name, Object oldValue, Object newValue) {
            runOnce(WHEN_TOLD);
        }

        private static void runOnce(AtomicReference<Runnable> hook) {
            Runnable action = hook.getAndSet(null);
            if (action != null) {
                action.run();
            }
        }
    }
}
