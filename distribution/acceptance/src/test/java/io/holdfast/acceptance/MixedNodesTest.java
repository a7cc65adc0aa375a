package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One application on a Tomcat and on a Jetty, with one Redis: an application that moves from one to the other keeps its users'
 * sessions. Neither is told a namespace.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("pairs")
class MixedNodesTest extends ExamplesScenarios {
    private static TwoNodes nodes;

    private final ServerProcess tomcat;
    private final ServerProcess jetty;

    /** A Tomcat and a Jetty with the same Servlet API. */
    record Pair(JettyLine line, boolean tomcatFirst) {
        TwoNodes start() {
            TomcatInstall tomcat = TwoNodes.install(line.sameServlets(), "mixed " + line.sameServlets())
                    .withOnly("examples")
                    .withUser("alice", "wonderland", "role1");
            JettyInstall jetty =
                    TwoNodes.install(line, "mixed " + line).withExamples().withUser("alice", "wonderland", "role1");
            return tomcatFirst ? TwoNodes.start(tomcat, jetty) : TwoNodes.start(jetty, tomcat);
        }

        @Override
        public String toString() {
            return tomcatFirst ? line.sameServlets() + ", " + line : line + ", " + line.sameServlets();
        }
    }

    MixedNodesTest(Pair pair) {
        super(nodes);
        tomcat = pair.tomcatFirst() ? a : b;
        jetty = pair.tomcatFirst() ? b : a;
    }

    /** Sessions begin on the first. */
    static Stream<Pair> pairs() {
        return Stream.of(new Pair(JettyLine.JETTY_12_0_EE10, true), new Pair(JettyLine.JETTY_12_1_EE10, false));
    }

    @BeforeParameterizedClassInvocation
    static void start(Pair pair) {
        nodes = pair.start();
    }

    @AfterParameterizedClassInvocation
    static void stop_leavesNoComplaintInTheLogs() {
        nodes.close();
        assertThat(nodes.complaints()).isEmpty();
    }

    @Test
    void loginOnTomcat_outlivesWhatJettyDoes() {
        assertLoginOutlives(tomcat, jetty);
    }

    @Test
    void loginOnJetty_outlivesWhatTomcatDoes() {
        assertLoginOutlives(jetty, tomcat);
    }

    /** The other one may want a login of its own, and writes that down; attributes do not suffer. */
    private void assertLoginOutlives(ServerProcess one, ServerProcess other) {
        put("colour", "green", one);
        logIn(one);
        put("size", "XL", other);
        browser.get(other, PROTECTED);

        assertThat(browser.get(one, PROTECTED + "?role=role1").text())
                .containsPattern("You are logged in as remote user\\s+<b>alice</b>")
                .containsPattern("You have been granted role\\s+<b>role1</b>");
        assertThat(browser.get(one, SESSION).text()).contains("colour = green", "size = XL");
        assertThat(browser.get(other, SESSION).text()).contains("colour = green", "size = XL");
    }

    @Test
    void loginsOnBoth_holdOnBoth() {
        put("colour", "green", a);
        logIn(a);
        logIn(b);

        assertThat(browser.get(a, PROTECTED).text()).contains("<b>alice</b>");
        assertThat(browser.get(b, PROTECTED).text()).contains("<b>alice</b>");
        assertThat(browser.get(a, SESSION).text()).contains("colour = green");
        assertThat(browser.get(b, SESSION).text()).contains("colour = green");
    }

    @Test
    void idThatLoginOnTomcatHasChanged_isDeadOnJetty() {
        assertOldIdIsDead(tomcat, jetty);
    }

    @Test
    void idThatLoginOnJettyHasChanged_isDeadOnTomcat() {
        assertOldIdIsDead(jetty, tomcat);
    }

    private void assertOldIdIsDead(ServerProcess one, ServerProcess other) {
        put("colour", "green", one);
        Browser thief = browser.withSameCookies();
        assertThat(thief.get(other, SESSION).text()).contains("colour = green");

        logIn(one);

        assertThat(thief.get(other, SESSION).text()).doesNotContain("colour = green");
        assertThat(browser.get(other, SESSION).text()).contains("colour = green");
    }

    @Test
    void logoffOnTomcat_isOneOnJetty() {
        assertLogoffEndsBoth(tomcat, jetty);
    }

    @Test
    void logoffOnJetty_isOneOnTomcat() {
        assertLogoffEndsBoth(jetty, tomcat);
    }

    private void assertLogoffEndsBoth(ServerProcess one, ServerProcess other) {
        logIn(other);
        logIn(one);
        put("colour", "green", other);

        browser.get(one, PROTECTED + "?logoff=true");

        assertThat(browser.get(other, SESSION).text()).doesNotContain("colour = green");
        assertThat(browser.get(other, PROTECTED).text()).contains("name=\"j_username\"");
        assertThat(browser.get(one, PROTECTED).text()).contains("name=\"j_username\"");
    }

    private void put(String name, String value, ServerProcess node) {
        assertThat(browser.post(node, SESSION, Map.of("dataname", name, "datavalue", value))
                        .text())
                .contains(name + " = " + value);
    }

    private void logIn(ServerProcess node) {
        browser.get(node, PROTECTED);
        browser.post(node, LOGIN, Map.of("j_username", "alice", "j_password", "wonderland"));
        assertThat(browser.get(node, PROTECTED).text()).contains("<b>alice</b>");
    }
}
