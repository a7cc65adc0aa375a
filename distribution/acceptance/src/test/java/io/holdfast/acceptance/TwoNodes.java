package io.holdfast.acceptance;

import io.holdfast.localredis.TestRedis;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Two Tomcats that share their sessions through one Redis. */
record TwoNodes(TomcatProcess a, TomcatProcess b) implements AutoCloseable {

    /** Installs and starts two equal nodes; no session of another test has an id of theirs. */
    static TwoNodes start(TomcatLine line, UnaryOperator<TomcatInstall> more) {
        // Patient: a build machine that starts Tomcats has little time for anything else.
        String settings = "redisUri=\"" + TestRedis.shared().uri() + "\" commandTimeoutMillis=\"20000\"";
        List<TomcatProcess> launched = Stream.of("a", "b")
                .map(name -> TomcatInstall.of(line, line + " " + name).withHoldfast(settings))
                .map(install -> TomcatProcess.launch(more.apply(install)))
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
