package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.live.TestNode.Request;
import io.holdfast.session.SessionId;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Three requests, threads that work for none, and another node do anything to a session. If the requests commit together, what they are told and
 * what is stored is what it would be if they committed in some order.
 */
class RandomJointCommitsTest extends JointCommits {
    private static final int SCENARIOS = Integer.getInteger("jointCommits.scenarios", 200);
    private static final long FIRST_SEED = Long.getLong("jointCommits.seed", 1);
    private static final int REQUESTS = 3;
    private static final int THREADS = REQUESTS;
    private static final int OTHER_NODE = REQUESTS + 1;
    private static final int MOST_STEPS = 12;
    private static final List<List<Integer>> ORDERS = List.of(
            List.of(0, 1, 2), List.of(0, 2, 1), List.of(1, 0, 2), List.of(1, 2, 0), List.of(2, 0, 1), List.of(2, 1, 0));

    private int savedCommits;

    @Test
    void outcome_isThatOfSomeOrder() throws Exception {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SCENARIOS; seed++) {
            List<Step> steps = steps(new Random(seed));
            String together = play(steps, null);
            Set<String> oneByOne = new LinkedHashSet<>();
            for (List<Integer> order : ORDERS) {
                if (!oneByOne.contains(together)) {
                    oneByOne.add(play(steps, order));
                }
            }
            assertThat(oneByOne).as("seed %s: %s", seed, steps).contains(together);
        }
        assertThat(savedCommits).isGreaterThan(SCENARIOS / 4);
    }

    /** Mostly with a few of the attributes, so that they have to do with each other. */
    private static List<Step> steps(Random random) {
        List<Action> actions = new ArrayList<>(Arrays.asList(Action.values()));
        Collections.shuffle(actions, random);
        List<Step> steps = new ArrayList<>();
        int count = 4 + random.nextInt(MOST_STEPS - 4);
        for (int number = 0; number < count; number++) {
            int actor = random.nextInt(10) < 7 ? random.nextInt(REQUESTS) : THREADS + random.nextInt(2);
            int action = random.nextInt(10) < 8 ? random.nextInt(5) : random.nextInt(actions.size());
            steps.add(new Step(actor, actions.get(action), "u" + number));
        }
        return steps;
    }

    /** {@code order}: in which the requests commit; null: together. */
    private String play(List<Step> steps, @Nullable List<Integer> order) throws Exception {
        SessionId played = TestNode.newId();
        session = a.create(played, attributes -> {
            attributes.put("list", new ArrayList<String>());
            attributes.put("map", new HashMap<String, String>());
            attributes.put("count", new AtomicInteger());
            attributes.put("text", "old");
            attributes.put("bean", new Bean());
        });
        LiveSession there = b.load(played);
        Map<Integer, Request> requests = new TreeMap<>();
        for (Step step : steps) {
            if (step.actor() == THREADS) {
                step.on(session);
            } else if (step.actor() == OTHER_NODE) {
                b.request(there, attributes -> step.on(there));
            } else {
                requests.computeIfAbsent(step.actor(), actor -> a.begin(session))
                        .work(attributes -> step.on(session));
            }
        }
        Request holder = begin(attributes -> attributes.put("held", "yes"));
        List<Request> all = IntStream.range(0, REQUESTS)
                .mapToObj(number -> requests.computeIfAbsent(number, actor -> a.begin(session)))
                .toList();
        int before = a.commits.get();
        List<Boolean> stored = order == null ? together(holder, all) : oneByOne(holder, all, order);
        savedCommits += order == null ? Math.max(0, REQUESTS + 1 - (a.commits.get() - before)) : 0;
        return stored + " " + content(b.load(played));
    }

    private List<Boolean> together(Request holder, List<Request> requests) throws Exception {
        List<Commit> commits = waitFor(a, holder, requests.toArray(new Request[0]));
        return commits.subList(1, commits.size()).stream().map(Commit::isStored).toList();
    }

    private static List<Boolean> oneByOne(Request holder, List<Request> requests, List<Integer> order)
            throws Exception {
        new Commit(holder).awaitEnd();
        Map<Integer, Boolean> stored = new TreeMap<>();
        for (int number : order) {
            Commit commit = new Commit(requests.get(number));
            commit.awaitEnd();
            stored.put(number, commit.isStored());
        }
        return List.copyOf(stored.values());
    }

    private static String content(LiveSession session) {
        Map<String, String> content = new TreeMap<>();
        session.attributes()
                .keySet()
                .forEach(name -> content.put(name, text(session.attributes().get(name))));
        content.put("$user", text(session.containerState().get("user")));
        content.put("$maxInactive", text(session.maxInactiveSeconds()));
        return content.toString();
    }

    /** Two lists that were merged may have been so in either order. */
    private static String text(@Nullable Object value) {
        if (value instanceof Collection<?> elements) {
            return elements.stream().map(String::valueOf).sorted().toList().toString();
        }
        return value instanceof Map<?, ?> map ? new TreeMap<>(map).toString() : String.valueOf(value);
    }

    private record Step(int actor, Action action, String unique) {
        void on(LiveSession session) {
            action.work.accept(session, unique);
        }

        @Override
        public String toString() {
            return actor + " " + action + " " + unique;
        }
    }

    /** What may be done to a session; nothing if the attribute is not there. */
    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    private enum Action {
        ADD_TO_LIST((session, unique) -> listOf(session).forEach(list -> list.add(unique))),
        SET_LIST_AGAIN((session, unique) ->
                listOf(session).forEach(list -> session.attributes().put("list", list))),
        SET_LONGER_COPY_OF_LIST((session, unique) -> listOf(session).forEach(list -> {
            List<String> copy = new ArrayList<>(list);
            copy.add(unique);
            session.attributes().put("list", copy);
        })),
        SET_NEW_LIST((session, unique) -> session.attributes().put("list", new ArrayList<>(List.of(unique)))),
        REMOVE_LIST((session, unique) -> session.attributes().remove("list")),
        PUT_INTO_MAP((session, unique) -> {
            @SuppressWarnings("unchecked") // by play
            Map<String, String> map = (Map<String, String>) present(session, "map");
            map.put("k" + unique, unique);
        }),
        COUNT((session, unique) -> ((AtomicInteger) present(session, "count")).incrementAndGet()),
        COUNT_AND_SET((session, unique) -> {
            AtomicInteger count = (AtomicInteger) present(session, "count");
            count.incrementAndGet();
            session.attributes().put("count", count);
        }),
        READ_TEXT((session, unique) -> session.attributes().get("text")),
        SET_TEXT((session, unique) -> session.attributes().put("text", unique)),
        REMOVE_TEXT((session, unique) -> session.attributes().remove("text")),
        CHANGE_BEAN((session, unique) -> ((Bean) present(session, "bean")).field = unique),
        SET_BEAN((session, unique) -> session.attributes().put("bean", new Bean(unique))),
        SET_NEW_ATTRIBUTE((session, unique) -> session.attributes().put("new" + unique, unique)),
        SET_USER((session, unique) -> session.containerState().set("user", unique)),
        SET_TIMEOUT((session, unique) -> session.setMaxInactiveSeconds(1_000 + Integer.parseInt(unique.substring(1))));

        private final BiConsumer<LiveSession, String> work;

        Action(BiConsumer<LiveSession, String> work) {
            this.work = work;
        }

        @SuppressWarnings("unchecked") // by play
        private static List<List<String>> listOf(LiveSession session) {
            Object list = session.attributes().get("list");
            return list == null ? List.of() : List.of((List<String>) list);
        }

        private static Object present(LiveSession session, String name) {
            return Objects.requireNonNull(session.attributes().get(name));
        }
    }

    private static final class Bean implements Serializable {
        private static final long serialVersionUID = 1L;
        private String field = "";

        Bean() {}

        Bean(String field) {
            this.field = field;
        }

        @Override
        public String toString() {
            return "bean " + field;
        }
    }
}
