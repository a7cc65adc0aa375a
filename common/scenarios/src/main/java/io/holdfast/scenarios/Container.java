package io.holdfast.scenarios;

import java.util.ServiceLoader;
import java.util.function.Consumer;

/** The servlet container under test; a module that runs the scenarios has exactly one on its class path. */
public interface Container {
    /**
     * Starts a node on a free port of the loopback interface, with an application at {@link Node#CONTEXT_PATH} whose sessions
     * are in Redis; {@code setUp} sees it before that.
     */
    Node start(Consumer<Node> setUp);

    /** The one that was found. */
    static Container underTest() {
        return ServiceLoader.load(Container.class, Container.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no container on the class path"));
    }
}
