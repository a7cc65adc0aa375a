package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.TestRedis;
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
}
