package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.acceptance.Browser.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
class ExamplesApplicationTest {
    private static final String SESSION = "/examples/servlets/servlet/SessionExample";
    private static final String CART = "/examples/jsp/sessions/carts.jsp";
    private static final String GAME = "/examples/jsp/num/numguess.jsp";
    private static final String PROTECTED = "/examples/jsp/security/protected/index.jsp";
    private static final String LOGIN = "/examples/jsp/security/protected/j_security_check";

    private static TwoNodes nodes;

    private final ServerProcess a = nodes.a();
    private final ServerProcess b = nodes.b();
    private final Browser browser = new Browser();

    /** JUnit asks for this parameter, though {@link #start} has used it already. */
    ExamplesApplicationTest(Line line) {}

    static Stream<Line> lines() {
        return Stream.of(TomcatLine.values(), JettyLine.values()).flatMap(Stream::of);
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
    void attributes_setOnEitherNode_areReadOnTheOther() {
        browser.post(a, SESSION, Map.of("dataname", "colour", "datavalue", "green"));
        assertThat(browser.get(b, SESSION).text()).contains("colour = green");

        browser.post(b, SESSION, Map.of("dataname", "size", "datavalue", "XL"));
        assertThat(browser.get(a, SESSION).text()).contains("colour = green", "size = XL");

        browser.get(a, SESSION + "?dataname=colour"); // what the page's "delete" links to
        assertThat(browser.get(b, SESSION).text()).contains("size = XL").doesNotContain("colour");
    }

    @Test
    void attributes_setByOverlappingRequestsOnBothNodes_areAllKept() {
        browser.get(a, SESSION);

        List<CompletableFuture<Page>> answers = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) { // the page takes no more than ten
            Map<String, String> fields = Map.of("dataname", "name" + i, "datavalue", "value" + i);
            answers.add(browser.startPost(i % 2 == 0 ? a : b, SESSION, fields));
            all.add("name" + i + " = value" + i);
        }
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));

        assertThat(browser.get(a, SESSION).text()).contains(all);
        assertThat(browser.get(b, SESSION).text()).contains(all);
    }

    /** The page's bean is put into the session once, and from then on only changed in place. */
    @Test
    void cart_filledInPlaceOnBothNodesInTurn_holdsEverything() {
        browser.get(a, CART + "?itemId=0&submit=add");
        browser.get(b, CART + "?itemId=1&submit=add");
        browser.get(a, CART + "?itemId=2&submit=add");
        assertThat(browser.get(b, CART + "?itemId=3&submit=add").text())
                .contains("<li> Beavis", "<li> X-files", "<li> Twin peaks", "<li> NIN CD");

        browser.get(a, CART + "?itemId=1&submit=remove");
        assertThat(browser.get(b, CART).text()).contains("<li> Beavis").doesNotContain("<li> X-files");
    }

    /** Both the number to guess and the count of guesses live in a bean that is changed in place. */
    @Test
    void game_playedOnBothNodesInTurn_countsEveryGuess() {
        browser.get(a, GAME);
        int low = 1;
        int high = 100;
        int guesses = 0;
        String page;
        do {
            int guess = (low + high) / 2;
            guesses++;
            page = browser.get(guesses % 2 == 0 ? a : b, GAME + "?guess=" + guess)
                    .text();
            if (page.contains("Try <b>higher")) {
                low = guess + 1;
            } else {
                high = guess - 1;
            }
        } while (page.contains("Good guess, but nope") && low <= high);

        assertThat(page).contains("Congratulations!", "after just " + guesses + " tries");
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
