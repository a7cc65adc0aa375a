package io.holdfast.acceptance.consistency;

import io.holdfast.consistency.history.Answer;
import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.history.Step;
import io.holdfast.consistency.history.Step.Verb;
import io.holdfast.consistency.planner.PlannedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** All that is asked with one session and answered, and the id that comes with it, which all who ask share like tabs of a browser. */
final class Conversation {
    private static final int MOST_TRIES = 100;
    private static final long TRY_AGAIN_MILLIS = 200;

    private final Client client;
    private final int nodes;
    private final String nameless;

    // guarded by this
    private final List<Call> calls = new ArrayList<>();
    private String id = "";
    private boolean over;
    private int idChanges; // requests under way that may change the id

    /**
     * Nothing asked yet.
     *
     * @param nameless what the session is called as long as it has no id
     */
    Conversation(Client client, int nodes, String nameless) {
        this.client = client;
        this.nodes = nodes;
        this.nameless = nameless;
    }

    /** Sends a request with that id, and waits for nothing. */
    Sent send(String presented, PlannedCall planned) {
        return client.send(presented, planned);
    }

    /** Waits for the end of a request, and keeps what came of it. */
    Call await(Sent sent) {
        Call call = client.await(sent);
        keep(call);
        return call;
    }

    /** Sends a request with the id that is known to be valid, and waits for its end. */
    Call ask(PlannedCall planned) {
        boolean changesId = planned.steps().stream().anyMatch(step -> step.verb() == Verb.ROTATE);
        if (changesId) {
            idMayChange(1);
        }
        try {
            return await(send(id(), planned));
        } finally {
            if (changesId) {
                idMayChange(-1);
            }
        }
    }

    /** Whether it is known that there is no session any more; waits for an id that is being changed. */
    synchronized boolean isOver() {
        while (over && idChanges > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for an id", e);
            }
        }
        return over;
    }

    /** Empty: there is none. */
    synchronized String id() {
        return id;
    }

    /** What the session's id names; empty: there was none. */
    String record() {
        return Call.record(id());
    }

    /** What the session is called in a report. */
    String name() {
        return record().isEmpty() ? nameless : record();
    }

    /** What was asked and answered so far. */
    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Tries again until it is known that a step was done, or that there is no session to do it with. */
    void insistOn(Step step) {
        boolean done = isOver() || calls().stream().anyMatch(call -> call.did(step.verb()));
        for (int i = 0; i < MOST_TRIES && !done; i++) {
            if (i > 0) {
                backOff();
            }
            Call call = ask(new PlannedCall(i, List.of(step)));
            done = call.did(step.verb()) || call.answer() instanceof Answer.NoSession;
        }
    }

    /** Looks for the session on each node. */
    void look() {
        for (int node = 0; node < nodes; node++) {
            ask(lookAt(node));
        }
    }

    /** A look for the session on one node. */
    static PlannedCall lookAt(int node) {
        return new PlannedCall(node, List.of(Step.of(Verb.GET, "a")));
    }

    private synchronized void idMayChange(int more) {
        idChanges += more;
        notifyAll();
    }

    private synchronized void keep(Call call) {
        calls.add(call);
        if (call.answer() instanceof Answer.Answered answered
                && !answered.newId().equals(call.presented())) {
            id = answered.newId();
            over = false; // who came with the old one found none
        }
        if (call.answer() instanceof Answer.NoSession && call.presented().equals(id)) {
            over = true;
        }
    }

    private static void backOff() {
        try {
            TimeUnit.MILLISECONDS.sleep(TRY_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
