package io.holdfast.tomcat.scenarios;

import io.holdfast.scenarios.Container;
import io.holdfast.scenarios.Node;
import java.util.function.Consumer;

/** Runs the scenarios of all containers on Tomcat. */
public final class TomcatContainer implements Container {
    @Override
    public Node start(Consumer<Node> setUp) {
        return TomcatNode.start(setUp::accept);
    }
}
