package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.TestRedis;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests whose end no single thread sees, and sessions that end while somebody looks. */
class RequestsThatEndOddlyTest {
    private final AtomicInteger destroyed = new AtomicInteger();
    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final Cluster cluster = Cluster.startOn(proxy.uri(), node -> {
        node.listen(new CountingListener(destroyed));
        node.set("reaperIntervalSeconds", "3600"); // it looks when it is asked to
        node.set("expiryGraceSeconds", "7200");
    });
    private final Records records = Records.of(cluster);
    private final Client client = new Client();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        records.close();
        cluster.close();
        proxy.close();
    }

    @Test
    void asynchronousThreadThatUsesTheSessionFirst_keepsWhatItChanges_thoughAnotherRequestEndsMeanwhile() {
        Hold hold = new Hold();
        cluster.on(
                "/create",
                (request, response) -> request.getSession().setAttribute("cart", new ArrayList<>(List.of("bread"))));
        cluster.on("/async", (request, response) -> {
            AsyncContext async = request.startAsync();
            threads.execute(() -> {
                List<String> cart = cart(request.getSession());
                hold.here();
                cart.add("milk");
                async.complete();
            });
        });
        client.text(cluster.a(), "/create");
        CompletableFuture<Client.Answer> async = client.start(cluster.a(), "/async");
        hold.awaitReached();
        client.text(cluster.a(), "/id");
        hold.release();
        Client.await(async).text();

        assertThat(client.text(cluster.b(), "/get?name=cart")).isEqualTo("[bread, milk]");
    }

    @Test
    void asynchronousRequestThatOnlyAsksWhetherItsIdIsValid_doesNotKeepTheSessionForEver() {
        cluster.on("/async", (request, response) -> {
            boolean valid = request.isRequestedSessionIdValid();
            AsyncContext async = request.startAsync();
            threads.execute(() -> {
                try {
                    response.getWriter().print(valid);
                    response.getWriter().close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                async.complete();
            });
        });
        createShortSession();
        assertThat(client.text(cluster.a(), "/async")).isEqualTo("true");

        await().until(() -> {
            cluster.a().sweep();
            return cluster.a().count(Figure.LOCAL_COPIES) == 0;
        });

        assertThat(destroyed).hasValue(1);
    }

    @Test
    void changesOfARequestThatRedisFailedAndThatThenFailedItself_areSeenByNobody() {
        cluster.on("/unlucky", (request, response) -> {
            proxy.down();
            assertThat(sessionOrNull(request::getSession)).isNull();
            proxy.up();
            HttpSession session =
                    await().pollInSameThread().until(() -> sessionOrNull(request::getSession), found -> found != null);
            session.setAttribute("user", "never written");
            throw new IllegalArgumentException("on purpose");
        });
        client.text(cluster.a(), "/set?name=user&value=ada");

        assertThat(client.get(cluster.a(), "/unlucky").status()).isEqualTo(503);

        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("ada");
        await().until(() -> client.get(cluster.b(), "/set?name=user&value=bob").status() == 200);
        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("bob");
    }

    private void createShortSession() {
        cluster.on("/short", (request, response) -> request.getSession().setMaxInactiveInterval(1));
        client.text(cluster.a(), "/short");
    }

    private interface SessionSource {
        HttpSession get();
    }

    private static @Nullable HttpSession sessionOrNull(SessionSource source) {
        try {
            return source.get();
        } catch (RuntimeException e) {
            return null;
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(HttpSession session) {
        return (List<String>) session.getAttribute("cart");
    }

    private static final class CountingListener implements HttpSessionListener {
        private final AtomicInteger destroyed;

        CountingListener(AtomicInteger destroyed) {
            this.destroyed = destroyed;
        }

        @Override
        public void sessionDestroyed(HttpSessionEvent event) {
            destroyed.incrementAndGet();
        }
    }
}
