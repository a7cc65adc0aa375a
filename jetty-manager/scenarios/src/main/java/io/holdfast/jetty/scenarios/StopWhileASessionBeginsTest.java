package io.holdfast.jetty.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.jetty.HoldfastSessionCacheFactory;
import io.holdfast.scenarios.Application;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Client.Answer;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.Hold;
import io.holdfast.scenarios.Node;
import io.holdfast.scenarios.Pages;
import io.holdfast.scenarios.SessionLog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.session.SessionCache;
import org.eclipse.jetty.session.SessionCacheFactory;
import org.eclipse.jetty.util.component.Container;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An application stops, or stops and starts, at a point where Jetty is about to call its cache of sessions for a request. */
class StopWhileASessionBeginsTest {
    private final Hold hold = new Hold();
    private final SessionLog log = new SessionLog();
    private volatile String heldCall = "";
    private final Cluster cluster = Cluster.start(this::holdCallsOf);
    private final Client client = new Client();

    StopWhileASessionBeginsTest() {
        cluster.on("/begin", (request, response) -> {
            request.getSession().setAttribute("user", "bob");
            response.getWriter().print(request.getSession().getId());
        });
    }

    @AfterEach
    void stop() {
        cluster.close();
        log.close();
    }

    /** Calls of a cache in the course of {@code request.getSession()}. */
    enum Call {
        newSession,
        add
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void sessionThatBeginsWhileItsApplicationStops_isStored_orItsRequestEndsWith503(Call call) throws Exception {
        requireStoredOr503(answerIfMeanwhile(call.name(), Application::stop));
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void sessionThatBeginsWhileItsApplicationRestarts_isStored_orItsRequestEndsWith503(Call call) throws Exception {
        requireStoredOr503(answerIfMeanwhile(call.name(), Application::restart));
    }

    @ParameterizedTest(name = "restarted: {0}")
    @ValueSource(booleans = {false, true})
    void sessionThatIsLookedForWhileItsApplicationStops_isNotTakenForAbsent(boolean restarted) throws Exception {
        cluster.on("/begin", (request, response) -> {
            boolean known = request.getSession(false) != null;
            response.getWriter().print(known ? "known" : Pages.NO_SESSION);
        });
        client.text(cluster.b(), "/set?name=user&value=ada");

        Answer answer = answerIfMeanwhile("get", restarted ? Application::restart : Application::stop);

        assertThat(answer.status() == 200 ? answer.body() : "known").isEqualTo("known");
        assertThat(answer.status()).isIn(200, 503);
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
    }

    private Answer answerIfMeanwhile(String call, Consumer<Application> what) throws Exception {
        heldCall = call;
        CompletableFuture<Answer> answer = client.start(cluster.a(), "/begin");
        hold.awaitReached();
        CompletableFuture.runAsync(() -> what.accept(cluster.a().application())).get(8, TimeUnit.SECONDS);
        heldCall = "";
        hold.release();
        return Client.await(answer);
    }

    private void requireStoredOr503(Answer answer) {
        List<String> heard = new ArrayList<>();
        if (answer.newSessionId() == null) {
            assertThat(answer.status()).as("%s", answer).isEqualTo(503);
            await("listeners to hear of an end for each beginning").until(() -> {
                heard.addAll(log.drain());
                return count(heard, "created") == count(heard, "destroyed");
            });
        } else {
            assertThat(new Client(answer.newSessionId()).text(cluster.b(), "/get?name=user"))
                    .as("%s", answer)
                    .isEqualTo("bob");
            heard.addAll(log.drain());
            assertThat(count(heard, "created")).isOne();
            assertThat(count(heard, "destroyed")).isZero();
        }
    }

    private static long count(List<String> heard, String what) {
        return heard.stream().filter(line -> line.startsWith(what)).count();
    }

    private void holdCallsOf(Node node) {
        log.listenOn(node);
        Server server = ((JettyNode) node).server();
        server.removeBean(server.getBean(SessionCacheFactory.class));
        server.addBean(
                (SessionCacheFactory) manager -> held(new HoldfastSessionCacheFactory().getSessionCache(manager)));
    }

    private SessionCache held(SessionCache cache) {
        Class<?>[] types = {SessionCache.class, Container.class};
        return (SessionCache) Proxy.newProxyInstance(getClass().getClassLoader(), types, (proxy, method, arguments) -> {
            if (method.getName().equals(heldCall)) {
                hold.here();
            }
            try {
                return method.invoke(cache, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
