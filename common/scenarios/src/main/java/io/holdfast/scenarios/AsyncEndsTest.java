package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ways for an asynchronous request to end. */
class AsyncEndsTest {
    private final Cluster cluster = Cluster.start();
    private final Client client = new Client();
    private final ExecutorService applicationThreads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        applicationThreads.shutdownNow();
        cluster.close();
    }

    @Test
    void dispatchBackIntoTheContainer_commitsWhatAllThreeWrote() {
        cluster.on("/async", (request, response) -> {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                request.getSession().setAttribute("dispatched", "3");
                response.getWriter().print("done");
                return;
            }
            request.getSession().setAttribute("servlet", "1");
            AsyncContext async = request.startAsync();
            applicationThreads.execute(() -> {
                request.getSession().setAttribute("thread", "2");
                async.dispatch();
            });
        });

        assertThat(client.text(cluster.a(), "/async")).isEqualTo("done");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("dispatched,servlet,thread");
    }

    @Test
    void timeoutThatAListenerAnswers_commitsWhatTheListenerWrote() {
        cluster.on("/async", (request, response) -> {
            HttpSession session = request.getSession();
            session.setAttribute("servlet", "1");
            AsyncContext async = request.startAsync();
            async.setTimeout(100);
            async.addListener(
                    new OnTimeout(event -> {
                        session.setAttribute("timed-out", "2");
                        event.getSuppliedResponse().getWriter().print("too late");
                        event.getAsyncContext().complete();
                    }),
                    request,
                    response);
        });

        assertThat(client.text(cluster.a(), "/async")).isEqualTo("too late");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("servlet,timed-out");
    }

    @Test
    void timeoutThatNobodyAnswers_endsWithAnErrorAndKeepsWhatWasWritten() {
        cluster.on("/async", (request, response) -> {
            request.getSession().setAttribute("servlet", "1");
            request.startAsync().setTimeout(100);
        });

        assertThat(client.get(cluster.a(), "/async").status()).isEqualTo(500);
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("servlet");
    }

    @Test
    void completedBeforeTheServletReturns_isCommittedAsAWhole() {
        cluster.on("/async", (request, response) -> {
            AsyncContext async = request.startAsync();
            request.getSession().setAttribute("early", "1");
            async.complete();
            request.getSession().setAttribute("late", "2");
        });

        assertThat(client.get(cluster.a(), "/async").status()).isEqualTo(200);
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("early,late");
    }

    /** Answers a time-out. */
    private static final class OnTimeout implements AsyncListener {
        private interface Reaction {
            void to(AsyncEvent event) throws IOException;
        }

        private final Reaction reaction;

        OnTimeout(Reaction reaction) {
            this.reaction = reaction;
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            reaction.to(event);
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
