package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Cluster;
import io.holdfast.tomcat.RedisSessionManager;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread without a request changes a kept session while somebody, who will not commit, looks for it. */
class LookWhileAThreadWritesTest {
    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final Cluster cluster = Cluster.startOn(proxy.uri());
    private final Client client = new Client();

    @AfterEach
    void stop() {
        cluster.close();
        proxy.close();
    }

    @Test
    void whatTheThreadPuts_isStored() throws Exception {
        client.text(cluster.a(), "/set?name=user&value=ada");
        RedisSessionManager manager = TomcatNode.of(cluster.a()).manager();
        Session session = manager.findSessions()[0];
        Pause look = proxy.pauseBefore("HGETALL");
        CompletableFuture<Session> found =
                CompletableFuture.supplyAsync(() -> manager.findSession(client.requireSessionId()));
        look.awaitReached();

        session.getSession().setAttribute("thread", "was here");
        look.release();

        assertThat(found.get(8, TimeUnit.SECONDS)).isSameAs(session);
        assertThat(client.text(cluster.b(), "/get?name=thread")).isEqualTo("was here");
    }
}
