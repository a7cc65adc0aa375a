package io.holdfast.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.TestRedis;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a request changes behind the first byte of its response is stored before the client can see the end of it. */
class LateCommitTest {
    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final Cluster cluster = Cluster.startOn(proxy.uri());
    private final Client client = new Client();
    private final Hold hold = new Hold();

    @AfterEach
    void stop() {
        cluster.close();
        proxy.close();
    }

    /** Ways for a response to end behind the change. */
    @SuppressWarnings("ImmutableEnumChecker") // the lambdas hold no state
    enum Ending {
        RETURN((request, response) -> {}),
        MORE_TEXT((request, response) -> response.getWriter().print("the rest")),
        CLOSED_WRITER((request, response) -> response.getWriter().close()),
        SEVERAL_FLUSHES((request, response) -> {
            for (int i = 0; i < 3; i++) {
                response.getWriter().print("more");
                response.flushBuffer();
            }
        }),
        COMPLETED_BY_ANOTHER_THREAD((request, response) -> {
            AsyncContext async = request.startAsync();
            new Thread(() -> {
                        try {
                            response.getWriter().print("more");
                            response.flushBuffer();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        } finally {
                            async.complete();
                        }
                    })
                    .start();
        });

        private final Handler end;

        Ending(Handler end) {
            this.end = end;
        }
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void changeBehindTheFirstByte_isStored_beforeTheResponseEnds(Ending ending) throws Exception {
        cluster.on("/stream", (request, response) -> {
            request.getSession();
            response.getWriter().print("begun");
            response.flushBuffer();
            hold.here();
            request.getSession().setAttribute("late", "yes");
            ending.end.handle(request, response);
        });
        client.text(cluster.a(), "/set?name=user&value=ada");
        HttpResponse<InputStream> begun =
                client.startStreaming(cluster.a(), "/stream").get(10, TimeUnit.SECONDS);
        hold.awaitReached();
        Pause commit = proxy.pauseBefore("EXEC");
        CompletableFuture<String> body = CompletableFuture.supplyAsync(() -> text(begun));
        hold.release();
        commit.awaitReached();

        assertThat(body).isNotDone();
        assertThat(client.text(cluster.b(), "/get?name=late")).isEqualTo("null");
        commit.release();

        assertThat(body.get(10, TimeUnit.SECONDS)).startsWith("begun");
        assertThat(client.text(cluster.b(), "/get?name=late")).isEqualTo("yes");
    }

    @Test
    void lateChangeThatCannotBeStored_endsTheResponseAllTheSame() throws Exception {
        cluster.on("/stream", (request, response) -> {
            request.getSession();
            response.getWriter().print("begun");
            response.flushBuffer();
            request.getSession().setAttribute("late", "yes");
            proxy.down();
        });
        client.text(cluster.a(), "/set?name=user&value=ada");

        HttpResponse<InputStream> begun =
                client.startStreaming(cluster.a(), "/stream").get(10, TimeUnit.SECONDS);

        assertThat(CompletableFuture.supplyAsync(() -> text(begun)).get(20, TimeUnit.SECONDS))
                .isEqualTo("begun");
        assertThat(cluster.a().count(Figure.FAILED_COMMITS)).isEqualTo(1);
    }

    private static String text(HttpResponse<InputStream> response) {
        try {
            return new String(response.body().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
