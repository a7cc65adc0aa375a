package io.holdfast.demo.experiment;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What later requests see of a session, on both nodes.
 *
 * @param alive whether any node still knows the session
 * @param onAllNodes the lines of {@code /session} that every node shows
 */
record Aftermath(boolean alive, Set<String> onAllNodes) {
    private static final int NODES = 2;
    private static final int MOST_TRIES = 10;

    /** Asks with the visitor's cookie until both nodes have answered; the front takes turns, so mostly twice. */
    static Aftermath seenBy(Visitor visitor) {
        Map<String, Answer> answers = new HashMap<>();
        for (int tries = 0; answers.size() < NODES && tries < MOST_TRIES; tries++) {
            Answer answer = visitor.ask("GET", "/session");
            answers.put(answer.node(), answer);
        }
        if (answers.size() < NODES) {
            throw new IllegalStateException("only these nodes answered: " + answers.keySet());
        }
        boolean alive = answers.values().stream().anyMatch(Answer::isOk);
        Set<String> lines = new HashSet<>();
        answers.values().forEach(answer -> lines.addAll(answer.lines()));
        answers.values().forEach(answer -> lines.retainAll(answer.lines()));
        return new Aftermath(alive, lines);
    }
}
