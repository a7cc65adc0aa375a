package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners hear of the end of a session that could not be stored when it was new, as they have heard of its beginning. */
@Tag(EveryEnvironment.TAG)
class StillbornSessionTest {
    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final SessionLog log = new SessionLog();
    private final Cluster cluster = Cluster.startOn(proxy.uri(), log::listenOn);
    private final Client client = new Client();

    @AfterEach
    void stop() {
        cluster.close();
        proxy.close();
        log.close();
    }

    @ParameterizedTest(name = "flushed: {0}")
    @ValueSource(booleans = {false, true})
    void end_isToldOnce(boolean flushed) {
        cluster.on("/new", (request, response) -> {
            request.getSession().setAttribute("user", "ada");
            request.getSession().setAttribute("lock", new SessionLog.Bound("lock"));
            proxy.down();
            if (flushed) {
                response.flushBuffer();
            }
        });

        assertThat(client.get(cluster.a(), "/new").status()).isEqualTo(503);
        assertThat(client.text(cluster.a(), "/nothing")).isEqualTo("ok"); // so the first request is over

        List<String> heard = log.drain();
        assertThat(heard).containsOnlyOnce("created", "bound lock", "destroyed with user=ada", "unbound lock");
        assertThat(heard).filteredOn(line -> line.startsWith("removed")).hasSize(2);
    }

    /** Fails when it is told that it is no longer part of a session. */
    private record Unbindable(boolean byError) implements HttpSessionBindingListener {
        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            if (byError) {
                throw new NoClassDefFoundError("on purpose");
            }
            throw new IllegalStateException("on purpose");
        }
    }

    @ParameterizedTest(name = "by an error: {0}")
    @ValueSource(booleans = {false, true})
    void valueThatFailsWhenItIsUnbound_leavesTheAnswerAsItIs(boolean byError) {
        cluster.on("/new", (request, response) -> {
            request.getSession().setAttribute("user", "ada");
            request.getSession().setAttribute("value", new Unbindable(byError));
            proxy.down();
        });

        Answer answer = client.get(cluster.a(), "/new");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("The session store does not answer.");
        assertThat(answer.newSessionId()).isNull();
        assertThat(client.text(cluster.a(), "/nothing")).isEqualTo("ok");
        assertThat(log.drain()).containsOnlyOnce("created", "destroyed with user=ada");
        assertThat(cluster.a().count(Figure.SESSIONS_IN_USE)).isZero();
    }
}
