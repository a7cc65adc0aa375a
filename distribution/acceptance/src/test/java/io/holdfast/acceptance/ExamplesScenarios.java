package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.acceptance.Browser.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the {@code examples} application that comes with Tomcat keeps in its session, on any two nodes. */
abstract class ExamplesScenarios {
    static final String SESSION = "/examples/servlets/servlet/SessionExample";
    static final String PROTECTED = "/examples/jsp/security/protected/index.jsp";
    static final String LOGIN = "/examples/jsp/security/protected/j_security_check";
    private static final String CART = "/examples/jsp/sessions/carts.jsp";
    private static final String GAME = "/examples/jsp/num/numguess.jsp";

    final ServerProcess a;
    final ServerProcess b;
    final Browser browser = new Browser();

    ExamplesScenarios(TwoNodes nodes) {
        a = nodes.a();
        b = nodes.b();
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
}
