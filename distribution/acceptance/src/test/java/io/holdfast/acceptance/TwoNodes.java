package io.holdfast.acceptance;

import io.holdfast.localredis.TestRedis;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Two servers that share their sessions through one Redis. */
record TwoNodes(ServerProcess a, ServerProcess b) implements AutoCloseable {
    /** Milliseconds for one command: a build machine that starts servers has little time for anything else. */
    private static final String PATIENCE = "20000";

    /** Installs and starts two equal Tomcats; no session of another test has an id of theirs. */
    static TwoNodes start(TomcatLine line, UnaryOperator<TomcatInstall> more) {
        String settings = "redisUri=\"" + TestRedis.shared().uri() + "\" commandTimeoutMillis=\"" + PATIENCE + "\"";
        return start(
                name -> more.apply(TomcatInstall.of(line, line + " " + name).withHoldfast(settings)));
    }

    /** Installs and starts two equal Jettys. */
    static TwoNodes start(JettyLine line, UnaryOperator<JettyInstall> more) {
        return start(name -> more.apply(JettyInstall.of(line, line + " " + name)
                .withHoldfast(
                        "jetty.session.holdfast.redisUri=" + TestRedis.shared().uri(),
                        "jetty.session.holdfast.commandTimeoutMillis=" + PATIENCE)));
    }

    /** Starts two nodes. */
    static TwoNodes start(Function<String, ServerInstall> install) {
        List<ServerProcess> launched = Stream.of("a", "b")
                .map(name -> ServerProcess.launch(install.apply(name)))
                .toList();
        TwoNodes nodes = new TwoNodes(launched.get(0), launched.get(1));
        try {
            nodes.a().awaitStarted();
            nodes.b().awaitStarted();
            return nodes;
        } catch (AssertionError e) {
            nodes.close();
            throw e;
        }
    }

    /** What an operator would stop at in the logs of both. */
    List<String> complaints() {
        return Stream.of(a, b)
                .flatMap(node -> node.logs().complaints().stream())
                .toList();
    }

    @Override
    public void close() {
        try {
            a.close();
        } finally {
            b.close();
        }
    }
}
