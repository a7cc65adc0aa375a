package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Client.Answer;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests of one session that end while another one of their node commits. */
class CommitsTogetherTest {
    private static final int REQUESTS = 4;

    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final Cluster cluster = Cluster.startOn(proxy.uri());
    private final Client client = new Client();
    private final CountDownLatch othersCommit = new CountDownLatch(1);
    private final List<Thread> through = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        cluster.close();
        proxy.close();
    }

    @Test
    void areCommittedTogether() {
        assertThat(commitsOf("")).isEqualTo(1);
    }

    /** As its application is not through, it may hold a lock that the encoding of its objects takes. */
    @Test
    void whoseResponsesBegin_commitEachByItself() {
        assertThat(commitsOf("&flush=yes")).isEqualTo(REQUESTS);
    }

    /** Of requests that count, and each set an attribute of their own. */
    private long commitsOf(String parameter) {
        cluster.on("/create", (request, response) -> request.getSession().setAttribute("count", new AtomicInteger()))
                .on("/count", (request, response) -> {
                    AtomicInteger count = (AtomicInteger) request.getSession().getAttribute("count");
                    count.incrementAndGet();
                    request.getSession().setAttribute("count", count);
                    request.getSession().setAttribute("by" + request.getParameter("number"), "x");
                    through.add(Thread.currentThread());
                    awaitUninterruptibly(othersCommit);
                    if (request.getParameter("flush") != null) {
                        response.flushBuffer();
                    }
                });
        client.text(cluster.a(), "/create");
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 1; i <= REQUESTS; i++) {
            answers.add(new Client(client.sessionId()).start(cluster.a(), "/count?number=" + i + parameter));
        }
        await().until(() -> through.size() == REQUESTS);
        long before = cluster.a().count(Figure.COMMITS);
        Pause exec = proxy.pauseBefore("EXEC");
        CompletableFuture<Answer> first = new Client(client.sessionId()).start(cluster.a(), "/set?name=a&value=1");
        exec.awaitReached();
        othersCommit.countDown();
        await().until(() -> through.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        assertThat(answers).noneMatch(CompletableFuture::isDone);
        exec.release();
        Client.await(first).text();
        answers.forEach(answer -> Client.await(answer).text());

        assertThat(client.text(cluster.b(), "/get?name=count")).isEqualTo(String.valueOf(REQUESTS));
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("a,by1,by2,by3,by4,count");
        assertThat(cluster.conflicts()).isZero();
        return cluster.a().count(Figure.COMMITS) - before - 1;
    }

    /** Without a time-out, so that it is told apart from the wait for another commit. */
    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
