package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.live.TestNode.Request;
import io.holdfast.session.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Commits of requests that wait for another one of their session. */
abstract class JointCommits {
    final String namespace = "joint-" + UUID.randomUUID();
    final TestNode a = new TestNode(namespace);
    final TestNode b = new TestNode(namespace);
    final SessionId id = TestNode.newId();
    LiveSession session = create(a);
    Predicate<Request> how = Request::commitOutsideApplication;

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    LiveSession create(TestNode node) {
        return node.create(id, attributes -> {
            attributes.put("list", new ArrayList<String>());
            attributes.put("count", new AtomicInteger());
            attributes.put("text", "old");
        });
    }

    Request holder() {
        return begin(attributes -> attributes.put("held", "yes"));
    }

    Request begin(TestNode.Work work) {
        return begin(a, work);
    }

    Request begin(TestNode node, TestNode.Work work) {
        Request request = node.begin(session);
        request.work(work);
        return request;
    }

    List<Commit> waitFor(Request holder, Request... others) throws Exception {
        return waitFor(a, holder, others);
    }

    List<Commit> waitFor(TestNode node, Request holder, Request... others) throws Exception {
        return waitFor(node, () -> {}, holder, others);
    }

    List<Commit> waitFor(TestNode node, Runnable meanwhile, Request holder, Request... others) throws Exception {
        return waitFor(node, meanwhile, threads -> {}, holder, others);
    }

    /** What becomes of the commits when the others begin to wait, in that order, while the first is on its way to Redis. */
    List<Commit> waitFor(
            TestNode node, Runnable meanwhile, Consumer<List<Thread>> started, Request holder, Request... others)
            throws Exception {
        CountDownLatch captured = new CountDownLatch(1);
        CountDownLatch othersWait = new CountDownLatch(1);
        node.store.beforeNextCommit(() -> {
            captured.countDown();
            awaitUninterruptibly(othersWait);
            meanwhile.run();
        });
        List<Commit> commits = new ArrayList<>(List.of(new Commit(holder)));
        assertThat(captured.await(20, TimeUnit.SECONDS)).isTrue();
        for (Request other : others) {
            Commit commit = new Commit(other, how);
            commits.add(commit);
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> commit.thread.getState() == Thread.State.TIMED_WAITING);
        }
        started.accept(commits.subList(1, commits.size()).stream()
                .map(commit -> commit.thread)
                .toList());
        othersWait.countDown();
        for (Commit commit : commits) {
            commit.awaitEnd();
        }
        return commits;
    }

    static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Map<String, Object> stored() {
        return b.load(id).attributes();
    }

    int count() {
        return ((AtomicInteger) Objects.requireNonNull(stored().get("count"))).get();
    }

    void countAndSet(Map<String, Object> attributes) {
        AtomicInteger count = (AtomicInteger) Objects.requireNonNull(attributes.get("count"));
        count.incrementAndGet();
        attributes.put("count", count);
    }

    @SuppressWarnings("unchecked")
    static List<String> list(Map<String, Object> attributes) {
        return (List<String>) Objects.requireNonNull(attributes.get("list"));
    }

    /** A request that commits in a thread of its own, and ends. */
    static final class Commit {
        final Thread thread;
        private final CompletableFuture<Boolean> result = new CompletableFuture<>();
        boolean lives;

        @Nullable
        Throwable failure;

        Commit(Request request) {
            this(request, Request::commitOutsideApplication);
        }

        Commit(Request request, Predicate<Request> how) {
            thread = new Thread(() -> {
                try {
                    result.complete(how.test(request));
                    request.endWithoutCommit();
                } catch (RuntimeException | Error e) {
                    request.endRefused();
                    result.completeExceptionally(e);
                }
            });
            thread.start();
        }

        void awaitEnd() throws Exception {
            try {
                lives = result.get(20, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                failure = e.getCause();
            }
            thread.join();
        }

        boolean isStored() {
            return failure == null && lives;
        }

        @Override
        public String toString() {
            return failure == null ? "lives: " + lives : failure.toString();
        }
    }
}
