package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.TestRedis;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * An application that brings its own Kryo 4, Lettuce 6, Netty 4.1 and Reactor 3.4 in {@code WEB-INF/lib}. It would not
 * even link with the versions that Holdfast is made of.
 */
class OwnLibrariesTest {
    private static final String NOTEBOOK = "/notebook/";

    @Test
    void application_usesItsOwnLibraries_whileHoldfastKeepsItsSessions() {
        String redisUri = TestRedis.shared().uri();
        try (TwoNodes nodes = TwoNodes.start(
                TomcatLine.TOMCAT_10_1, install -> install.withOnly().withNotebook(redisUri))) {
            Browser browser = new Browser();
            browser.post(nodes.a(), NOTEBOOK, Map.of("text", "written on a"));
            browser.post(nodes.b(), NOTEBOOK, Map.of("text", "added in place on b"));

            assertThat(browser.get(nodes.a(), NOTEBOOK).text())
                    .containsSubsequence(
                            "1: written on a",
                            "2: added in place on b",
                            "last: added in place on b",
                            "Kryo from /WEB-INF/lib/kryo-4.",
                            "RedisClient from /WEB-INF/lib/lettuce-core-6.",
                            "Channel from /WEB-INF/lib/netty-transport-4.1.",
                            "Mono from /WEB-INF/lib/reactor-core-3.4.");
            // Its own libraries may complain, as Netty 4.1 does of newer JVMs.
            assertThat(nodes.complaints()).noneMatch(line -> line.contains("io.holdfast"));
        }
    }
}
