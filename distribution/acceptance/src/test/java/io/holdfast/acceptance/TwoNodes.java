package io.holdfast.acceptance;

import io.holdfast.localredis.TestRedis;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Two servers that share their sessions through one Redis. */
public record TwoNodes(ServerProcess a, ServerProcess b) implements AutoCloseable {
    /** Milliseconds for one command: a build machine that starts servers has little time for anything else. */
    private static final String PATIENCE = "20000";

    /** Installs and starts two equal Tomcats; no session of another test has an id of theirs. */
    static TwoNodes start(TomcatLine line, UnaryOperator<TomcatInstall> more) {
        return start(name -> more.apply(install(line, line + " " + name)));
    }

    /** Installs and starts two equal Jettys. */
    static TwoNodes start(JettyLine line, UnaryOperator<JettyInstall> more) {
        return start(name -> more.apply(install(line, line + " " + name)));
    }

    /** A Tomcat, not started, with Holdfast and no more settings than needed. */
    static TomcatInstall install(TomcatLine line, String name) {
        String settings = "redisUri=\"" + TestRedis.shared().uri() + "\" commandTimeoutMillis=\"" + PATIENCE + "\"";
        return TomcatInstall.of(line, name).withHoldfast(settings);
    }

    /** A Jetty like that. */
    static JettyInstall install(JettyLine line, String name) {
        return JettyInstall.of(line, name)
                .withHoldfast(
                        "jetty.session.holdfast.redisUri=" + TestRedis.shared().uri(),
                        "jetty.session.holdfast.commandTimeoutMillis=" + PATIENCE);
    }

    /** Starts two nodes, which are installed by their names. */
    static TwoNodes start(Function<String, ServerInstall> install) {
        return start(install.apply("a"), install.apply("b"));
    }

    /** Starts two nodes. */
    static TwoNodes start(ServerInstall a, ServerInstall b) {
        TwoNodes nodes = new TwoNodes(ServerProcess.launch(a), ServerProcess.launch(b));
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
