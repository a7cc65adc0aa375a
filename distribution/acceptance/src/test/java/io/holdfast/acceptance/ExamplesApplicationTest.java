package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.acceptance.Browser.Page;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The {@code examples} application that comes with Tomcat, unmodified, on two nodes of Tomcat or Jetty. */
@ParameterizedClass(name = "{0}")
@MethodSource("lines")
class ExamplesApplicationTest extends ExamplesScenarios {
    private static TwoNodes nodes;

    /** JUnit asks for this parameter, though {@link #start} has used it already. */
    ExamplesApplicationTest(Line line) {
        super(nodes);
    }

    static Stream<Line> lines() {
        return Stream.of(
                        Stream.of(TomcatLine.values()),
                        Stream.of(JettyLine.values()),
                        Stream.of(JettyLine.JETTY_12_0_EE8, JettyLine.JETTY_12_1_EE11)
                                .map(JettyModulePath::new))
                .flatMap(lines -> lines);
    }

    @BeforeParameterizedClassInvocation
    static void start(Line line) {
        nodes = line.startExamples("alice", "wonderland", "role1");
    }

    @AfterParameterizedClassInvocation
    static void stop_leavesNoComplaintInTheLogs() {
        nodes.close();
        assertThat(nodes.complaints()).isEmpty();
    }

    @Test
    void login_splitOverBothNodes_holdsOnBoth() {
        assertThat(browser.get(a, PROTECTED).text()).contains("name=\"j_username\"");

        Page loggedIn = browser.post(b, LOGIN, Map.of("j_username", "alice", "j_password", "wonderland"));
        assertThat(loggedIn.location()).endsWith(PROTECTED);

        assertThat(browser.get(a, PROTECTED + "?role=role1").text())
                .containsPattern("You are logged in as remote user\\s+<b>alice</b>")
                .containsPattern("You have been granted role\\s+<b>role1</b>");
        assertThat(browser.get(b, PROTECTED).text()).contains("<b>alice</b>");
    }

    @Test
    void login_changesTheSessionIdAndKeepsTheAttributes() {
        browser.post(a, SESSION, Map.of("dataname", "colour", "datavalue", "green"));
        String before = sessionId(browser.get(b, SESSION));

        browser.get(a, PROTECTED);
        browser.post(b, LOGIN, Map.of("j_username", "alice", "j_password", "wonderland"));

        Page after = browser.get(a, SESSION);
        assertThat(sessionId(after))
                .isNotEqualTo(before)
                .matches("[0-9a-f]{48}")
                .as("names the same record")
                .startsWith(before.substring(0, 16));
        assertThat(after.text()).contains("colour = green");
    }

    @Test
    void logoff_onOneNode_endsTheSessionOnBoth() {
        browser.get(a, PROTECTED);
        browser.post(a, LOGIN, Map.of("j_username", "alice", "j_password", "wonderland"));
        assertThat(browser.get(b, PROTECTED).text()).contains("<b>alice</b>");

        browser.get(a, PROTECTED + "?logoff=true");

        assertThat(browser.get(b, PROTECTED).text()).contains("name=\"j_username\"");
        assertThat(browser.get(a, PROTECTED).text()).contains("name=\"j_username\"");
    }

    private static String sessionId(Page page) {
        Matcher matcher = Pattern.compile("Session ID:? (\\w+)").matcher(page.text());
        assertThat(matcher.find()).as(page.text()).isTrue();
        return matcher.group(1);
    }
}
