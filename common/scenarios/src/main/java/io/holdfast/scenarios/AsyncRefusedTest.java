package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpSession;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An asynchronous request whose client is told that nothing was stored. */
class AsyncRefusedTest extends ConfiguredNodes {
    private final Hold hold = new Hold();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whatItsThreadSets_isNotStored() throws Exception {
        use(Cluster.start());
        try (FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
                Node far = cluster.startAnother(node -> node.set("redisUri", proxy.uri()))) {
            client.text(cluster.a(), "/set?name=user&value=ada");
            far.on("/async", (request, response) -> {
                HttpSession session = request.getSession();
                AsyncContext async = request.startAsync();
                threads.execute(() -> {
                    session.setAttribute("user", "eve");
                    hold.here();
                    async.complete();
                });
            });
            CompletableFuture<Answer> slow = client.start(far, "/async");
            hold.awaitReached();
            AtomicInteger second = new AtomicInteger();
            proxy.cutInsteadOfSending("WATCH");
            proxy.cutInsteadOfSending(command -> command.get(0).equals("WATCH") && second.incrementAndGet() == 2);
            hold.release();

            assertThat(Client.await(slow).status()).isEqualTo(503);
            Thread.sleep(1_000);
            assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
        }
    }
}
