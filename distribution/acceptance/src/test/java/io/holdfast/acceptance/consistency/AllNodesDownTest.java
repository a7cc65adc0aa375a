package io.holdfast.acceptance.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.acceptance.TomcatLine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions whose time runs out while no node is there: all have been killed. */
class AllNodesDownTest {
    private static final String SHORT = "timeout:5";
    private static final int SESSIONS = 10;

    private final ExpiringNodes nodes = new ExpiringNodes();
    private WorkNode a;
    private WorkNode b;

    @BeforeEach
    void start() {
        a = nodes.launch("a", TomcatLine.TOMCAT_10_1, install -> {});
        b = nodes.launch("b", TomcatLine.TOMCAT_11_0, install -> {});
        nodes.awaitStarted();
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void sessionsThatEndWhileAllNodesAreDown_areToldOnceByTheFirstThatComes_andTheOthersLive() {
        Visitor living = Visitor.begins(a);
        Visitor never = Visitor.begins(b, "timeout:-1");
        List<Visitor> ending = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            ending.add(Visitor.begins(i % 2 == 0 ? a : b, SHORT));
        }
        Visitor knownToBoth = Visitor.begins(a, SHORT);
        knownToBoth.visits(b, "put:colour:green");
        ending.add(knownToBoth);
        Visitor shortened = Visitor.begins(a);
        shortened.visits(b, SHORT);
        ending.add(shortened);
        Visitor busy = Visitor.begins(a, SHORT);
        busy.isHeldOn(a, "put:colour:red");
        ending.add(busy);

        a.process().kill();
        b.process().kill();
        ending.forEach(nodes::awaitOver);
        assertThat(ending)
                .allSatisfy(visitor -> assertThat(nodes.endsOf(visitor)).isEmpty());
        b.restart();

        ending.forEach(nodes::awaitToldOnce);
        a.restart();
        living.visits(a, "get:badge");
        never.visits(a, "get:badge");
        assertThat(ending).noneMatch(visitor -> visitor.hasSession(a));
        assertThat(ending)
                .allSatisfy(visitor -> assertThat(nodes.endsOf(visitor))
                        .hasSize(3)
                        .allSatisfy(end -> assertThat(end.node()).isEqualTo(b.name())));
        assertThat(nodes.endsOf(living)).isEmpty();
        assertThat(nodes.endsOf(never)).isEmpty();
    }
}
