package io.holdfast.acceptance.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.acceptance.Browser;
import io.holdfast.acceptance.Browser.Page;
import io.holdfast.consistency.history.Call;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Somebody with one session, who does one thing after the other, on whatever node. */
final class Visitor {
    private static final String STEPS = "/workload/steps";
    private static final String NONE = "none";

    private final Browser browser = new Browser();
    private String record;
    private long lastSentMillis;
    private long lastAnsweredMillis;

    private Visitor() {}

    /** Somebody whose session begins now, with these further steps. */
    static Visitor begins(WorkNode node, String... steps) {
        Visitor visitor = new Visitor();
        String all = steps.length == 0 ? "create" : "create;" + String.join(";", steps);
        visitor.record = Call.record(visitor.ask(node, all).get(0));
        return visitor;
    }

    /** Does something with the session, which lives, and returns the answer to each step. */
    List<String> visits(WorkNode node, String... steps) {
        List<String> lines = ask(node, String.join(";", steps));
        assertThat(Call.record(lines.get(0)))
                .as("session on node " + node.name())
                .isEqualTo(record);
        return lines.subList(1, lines.size());
    }

    /** Sends a request that is held, and returns when it is. */
    void isHeldOn(WorkNode node, String... steps) {
        CompletableFuture<Page> unanswered =
                browser.startPost(node.process(), STEPS, Map.of("steps", String.join(";", steps) + ";hold:" + record));
        browser.get(node.process(), "/workload/hold?place=" + record);
        assertThat(unanswered).isNotDone();
    }

    /** Whether the session lives; asking counts as an access. */
    boolean hasSession(WorkNode node) {
        return !ask(node, "get:badge").get(0).equals(NONE);
    }

    /** What the session's id names. */
    String record() {
        return record;
    }

    /** When the last request was sent, by the clock of this machine, in milliseconds since the epoch. */
    long lastSentMillis() {
        return lastSentMillis;
    }

    /** When the last answer came, likewise. */
    long lastAnsweredMillis() {
        return lastAnsweredMillis;
    }

    private List<String> ask(WorkNode node, String steps) {
        lastSentMillis = System.currentTimeMillis();
        Page page = browser.post(node.process(), STEPS, Map.of("steps", steps));
        lastAnsweredMillis = System.currentTimeMillis();
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        return page.text().lines().toList();
    }
}
