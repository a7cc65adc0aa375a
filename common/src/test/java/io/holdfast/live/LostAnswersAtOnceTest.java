package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.live.HookedStore.Loss;
import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests of one node at the same time, some of whose answers are lost, and another node. */
class LostAnswersAtOnceTest {
    private static final int ROUNDS = Integer.getInteger("lostAnswers.rounds", 60);
    private static final int THREADS = 4;
    private static final int REQUESTS = 25;

    private final String namespace = "lost-at-once-stress-" + UUID.randomUUID();
    private final TestNode a = new TestNode(namespace);
    private final TestNode b = new TestNode(namespace);
    private final AtomicInteger names = new AtomicInteger();

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    @Test
    void acknowledgedElements_areThereOnce() throws Exception {
        int acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged += round();
        }
        assertThat(acknowledged).isPositive();
    }

    private int round() throws Exception {
        SessionId id = TestNode.newId();
        AtomicReference<LiveSession> onA = new AtomicReference<>(a.create(id, attributes -> {
            attributes.put("list", Collections.synchronizedList(new ArrayList<String>()));
            attributes.put("count", new AtomicInteger());
        }));
        LiveSession onB = b.load(id);
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        Queue<String> marks = new ConcurrentLinkedQueue<>();
        Queue<String> story = new ConcurrentLinkedQueue<>();
        AtomicInteger counted = new AtomicInteger();
        AtomicInteger countedInVain = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(THREADS + 1);
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            all.add(pool.submit(() -> {
                for (int i = 0; i < REQUESTS; i++) {
                    LiveSession session = onA.get();
                    boolean stored = request(a, session, acknowledged, marks, story, counted, countedInVain, true);
                    if (!stored && ThreadLocalRandom.current().nextBoolean()) {
                        onA.compareAndSet(session, a.load(id)); // as containers forget their copy
                    }
                }
            }));
        }
        all.add(pool.submit(() -> {
            for (int i = 0; i < REQUESTS; i++) {
                request(b, onB, acknowledged, marks, story, counted, countedInVain, false);
            }
        }));
        pool.shutdown();
        for (Future<?> each : all) {
            each.get(60, TimeUnit.SECONDS);
        }
        a.store.keepAnswers();
        Map<String, Object> stored = b.load(id).attributes();
        Map<String, Long> times =
                listOf(stored).stream().collect(Collectors.groupingBy(each -> each, Collectors.counting()));
        List<String> wrong = acknowledged.stream()
                .filter(each -> times.getOrDefault(each, 0L) != 1)
                .map(each -> each + " " + times.get(each))
                .toList();
        assertThat(wrong).as("%s", story).isEmpty();
        assertThat(marks).allMatch(stored::containsKey);
        int count = ((AtomicInteger) Objects.requireNonNull(stored.get("count"))).get();
        assertThat(count).isBetween(counted.get(), counted.get() + countedInVain.get());
        return acknowledged.size();
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private boolean request(
            TestNode node,
            LiveSession session,
            Queue<String> acknowledged,
            Queue<String> marks,
            Queue<String> story,
            AtomicInteger counted,
            AtomicInteger countedInVain,
            boolean loses) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String name = "e" + names.incrementAndGet();
        TestNode.Request request;
        request = node.begin(session);
        boolean adds = random.nextInt(3) > 0;
        boolean puts = random.nextInt(3) == 0;
        boolean counts = random.nextInt(3) == 0;
        boolean sets = random.nextInt(6) == 0;
        @Nullable StoreException failure = null;
        request.work(attributes -> {
            if (adds) {
                listOf(attributes).add(name);
                if (sets) {
                    attributes.put("list", listOf(attributes));
                }
            }
            if (counts) {
                ((AtomicInteger) Objects.requireNonNull(attributes.get("count"))).incrementAndGet();
            }
            if (puts) {
                attributes.put("m" + name, name);
            }
        });
        if (loses && random.nextInt(6) == 0) {
            node.store.loseNextAnswer(random.nextBoolean() ? Loss.BEHIND_ITS_EFFECT : Loss.INSTEAD_OF_ITS_EFFECT);
        }
        try {
            assertThat(random.nextInt(4) > 0 ? request.commitOutsideApplication() : request.commit())
                    .isTrue();
        } catch (StoreException e) {
            failure = e;
        }
        story.add(name + (adds ? "+" : "") + (sets ? "s" : "") + (puts ? "m" : "") + (failure == null ? "" : " lost"));
        if (failure == null) {
            if (adds) {
                acknowledged.add(name);
            }
            if (puts) {
                marks.add("m" + name);
            }
            counted.addAndGet(counts ? 1 : 0);
        } else {
            request.refuse();
            countedInVain.addAndGet(counts ? 1 : 0);
        }
        request.endWithoutCommit();
        return failure == null;
    }

    @SuppressWarnings("unchecked")
    private static List<String> listOf(Map<String, Object> attributes) {
        return (List<String>) Objects.requireNonNull(attributes.get("list"));
    }
}
