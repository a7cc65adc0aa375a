package io.holdfast.acceptance.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.holdfast.acceptance.NodeClock;
import io.holdfast.acceptance.TomcatLine;
import io.holdfast.consistency.history.SessionEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three nodes, of which two have a wrong clock. Sessions do not notice. */
class WrongClockTest {
    private static final Duration QUARTER = Duration.ofMinutes(15);

    /** Of sessions that are to end; long enough for a few requests on a busy machine. */
    private static final Duration SHORT = Duration.ofSeconds(5);

    /** Of sessions that are not: shorter than clocks are wrong. */
    private static final Duration LONG = Duration.ofMinutes(10);

    /** What a busy machine may need more than it should. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    private static final Duration LOOKS_TWICE = ExpiringNodes.LOOKS.multipliedBy(2);

    private static final Map<String, NodeClock> CLOCKS = new HashMap<>();
    private static ExpiringNodes nodes;
    private static WorkNode slow;
    private static WorkNode right;
    private static WorkNode fast;

    @BeforeAll
    static void start() {
        nodes = new ExpiringNodes();
        slow = launch("slow", TomcatLine.TOMCAT_9_0, QUARTER.negated());
        right = launch("right", TomcatLine.TOMCAT_10_1, Duration.ZERO);
        fast = launch("fast", TomcatLine.TOMCAT_11_0, QUARTER);
        nodes.awaitStarted();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    /** Tomcat notes the access, Holdfast the creation; the application asks for the time itself. */
    @Test
    void clocks_areWrong_forTomcatAndHoldfastAndTheApplication() {
        for (WorkNode node : nodes.all()) {
            Visitor visitor = Visitor.begins(node);
            long now = System.currentTimeMillis() + shift(node.name());

            assertThat(visitor.visits(node, "times").get(0).split(" "))
                    .as(node.name())
                    .hasSize(3)
                    .allSatisfy(millis -> assertThat(Long.parseLong(millis)).isCloseTo(now, within(SLACK.toMillis())));
        }
    }

    @Test
    void sessionOfAnyNode_livesOnAnyOther_andEndsInTime() {
        List<Visitor> visitors = new ArrayList<>();
        for (WorkNode first : nodes.all()) {
            for (WorkNode second : nodes.all()) {
                Visitor visitor = Visitor.begins(first, timeout(SHORT));
                visitor.visits(second, "put:colour:green");
                assertThat(visitor.visits(first, "get:colour")).containsExactly("green");
                visitors.add(visitor);
            }
        }

        visitors.forEach(WrongClockTest::assertEndsInTime);

        for (Visitor visitor : visitors) {
            assertThat(nodes.all()).noneMatch(visitor::hasSession);
        }
    }

    /** While it runs, its own looks are never late. */
    @Test
    void sessionOfANodeWhoseClockIsFast_endsInTime_thoughThatNodeStandsStill() {
        Visitor visitor = Visitor.begins(fast, timeout(SHORT));
        fast.process().suspend();
        try {
            assertEndsInTime(visitor);
        } finally {
            fast.process().resume();
        }
    }

    @Test
    void sessionInUseOnANodeWithAWrongClock_staysAlive() {
        Visitor onSlow = Visitor.begins(right, timeout(SHORT));
        Visitor onFast = Visitor.begins(right, timeout(SHORT));
        long end = System.nanoTime() + SHORT.plus(LOOKS_TWICE).toNanos();

        await().atMost(SHORT.multipliedBy(3)).until(() -> {
            onSlow.visits(slow, "count:counter");
            onFast.visits(fast, "count:counter");
            return System.nanoTime() - end > 0;
        });

        onSlow.visits(right, "get:counter");
        onFast.visits(right, "get:counter");
    }

    @Test
    void timeoutThatIsChangedOnANodeWithAWrongClock_counts() {
        List<Visitor> ending = new ArrayList<>();
        List<Visitor> living = new ArrayList<>();
        for (WorkNode wrong : List.of(slow, fast)) {
            ending.add(changed(right, LONG, wrong, SHORT));
            ending.add(changed(wrong, LONG, right, SHORT));
            living.add(changed(right, SHORT, wrong, LONG));
            living.add(changed(wrong, SHORT, right, LONG));
        }

        ending.forEach(WrongClockTest::assertEndsInTime);

        living.forEach(visitor -> visitor.visits(right, "get:badge"));
    }

    @Test
    void clockThatIsSet_endsNoSession_andKeepsNone() {
        Visitor living = Visitor.begins(slow, timeout(LONG));
        Visitor ending = Visitor.begins(slow, timeout(SHORT));
        NodeClock clock = CLOCKS.get("slow");
        try {
            clock.set(QUARTER);
            ending.visits(slow, "get:badge");
            living.visits(slow, "get:badge");
            living.visits(right, "get:badge");
            assertEndsInTime(ending);

            Visitor later = Visitor.begins(slow, timeout(SHORT));
            clock.set(QUARTER.negated());
            later.visits(slow, "get:badge");
            living.visits(slow, "get:badge");
            assertEndsInTime(later);
            living.visits(slow, "get:badge");
        } finally {
            clock.set(QUARTER.negated());
        }
    }

    private static WorkNode launch(String name, TomcatLine line, Duration shift) {
        return nodes.launch(name, line, install -> CLOCKS.put(name, NodeClock.of(install, shift)));
    }

    private static Visitor changed(WorkNode first, Duration before, WorkNode second, Duration after) {
        Visitor visitor = Visitor.begins(first, timeout(before));
        visitor.visits(second, timeout(after));
        return visitor;
    }

    /** Once, on one node, not before its time-out is over, and not much later than its touch interval and a look after that. */
    private static void assertEndsInTime(Visitor visitor) {
        nodes.awaitToldOnce(visitor);
        Duration latest = SHORT.plus(SHORT.dividedBy(20)).plus(LOOKS_TWICE).plus(SLACK);
        assertThat(nodes.endsOf(visitor))
                .allSatisfy(end -> assertThat(rightMillis(end))
                        .isBetween(
                                visitor.lastSentMillis() + SHORT.toMillis(),
                                visitor.lastAnsweredMillis() + latest.toMillis()));
    }

    private static long rightMillis(SessionEnd end) {
        return end.millis() - shift(end.node());
    }

    private static long shift(String node) {
        return CLOCKS.get(node).shift().toMillis();
    }

    private static String timeout(Duration timeout) {
        return "timeout:" + timeout.toSeconds();
    }
}
