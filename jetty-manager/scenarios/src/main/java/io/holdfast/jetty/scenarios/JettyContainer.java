package io.holdfast.jetty.scenarios;

import io.holdfast.scenarios.Container;
import io.holdfast.scenarios.Node;
import java.util.function.Consumer;

/** Runs the scenarios of all containers on Jetty. */
public final class JettyContainer implements Container {
    @Override
    public Node start(Consumer<Node> setUp) {
        return JettyNode.start(setUp::accept);
    }
}
