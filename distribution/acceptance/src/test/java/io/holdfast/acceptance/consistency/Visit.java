package io.holdfast.acceptance.consistency;

import io.holdfast.consistency.history.Answer;
import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.history.Step;
import io.holdfast.consistency.history.Step.Verb;
import io.holdfast.consistency.planner.PlannedCall;
import io.holdfast.consistency.planner.Planner;
import io.holdfast.consistency.planner.VisitPlan;
import io.holdfast.consistency.planner.VisitPlan.Finale;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One visitor, who does what the plan says and keeps a record of it. */
final class Visit {
    private static final int MOST_TRIES = 100;
    private static final long TRY_AGAIN_MILLIS = 200;

    private final VisitPlan plan;
    private final Client client;
    private final int nodes;
    private final List<Call> calls = new ArrayList<>();
    private final List<Sent> stillHeld = new ArrayList<>();
    private String id = "";
    private boolean loggedOut;

    Visit(VisitPlan plan, Client client, int nodes) {
        this.plan = plan;
        this.client = client;
        this.nodes = nodes;
    }

    /** Does all but the last look at a session that is to expire. */
    void run() {
        for (int i = 0; i < plan.rounds().size() && !loggedOut; i++) {
            boolean last = i == plan.rounds().size() - 1;
            round(plan.rounds().get(i), last && plan.finale() == Finale.EXPIRES_UNDER_A_REQUEST);
            if (id.isEmpty()) {
                return; // nobody knows whether there is a session
            }
        }
        if (plan.finale() == Finale.ENDED) {
            insistOn(Step.of(Verb.END));
            look();
        } else if (plan.finale() == Finale.LIVES) {
            look();
        } else {
            insistOn(new Step(Verb.TIMEOUT, "", Integer.toString(Planner.SHORT_TIMEOUT_SECONDS)));
        }
    }

    /** Whether {@link #lookAfterExpiry} has to follow. */
    boolean isToExpire() {
        return !id.isEmpty() && (plan.finale() == Finale.EXPIRES || plan.finale() == Finale.EXPIRES_UNDER_A_REQUEST);
    }

    /** The session has expired meanwhile. */
    void lookAfterExpiry() {
        stillHeld.forEach(sent -> calls.add(client.await(sent)));
        look();
    }

    /** Of the visit in its run. */
    long number() {
        return plan.number();
    }

    /** What was done, and what came of it. */
    List<Call> calls() {
        return calls;
    }

    /** What the session's id names; empty: there was none. */
    String record() {
        return Call.record(id);
    }

    private void round(List<PlannedCall> round, boolean keepHeld) {
        String presented = id;
        List<Sent> held = send(presented, round.stream().filter(PlannedCall::isHeld));
        held.forEach(client::awaitHeld);
        send(presented, round.stream().filter(planned -> !planned.isHeld())).forEach(one -> done(client.await(one)));
        if (keepHeld) {
            stillHeld.addAll(held);
        } else {
            held.forEach(one -> done(client.await(one)));
        }
        if (!presented.isEmpty() && !presented.equals(id)) {
            done(client.await(client.send(presented, lookAt(round.get(0).node() + 1))));
        }
    }

    private List<Sent> send(String presented, Stream<PlannedCall> planned) {
        return planned.map(one -> client.send(presented, one)).toList();
    }

    private void done(Call call) {
        calls.add(call);
        if (call.answer() instanceof Answer.Answered answered
                && !answered.newId().equals(call.presented())) {
            id = answered.newId();
        }
        if (call.answer() instanceof Answer.NoSession && call.presented().equals(id)) {
            loggedOut = true;
        }
    }

    /** Tries again until it is known that a step was done, or that there is no session to do it with. */
    private void insistOn(Step step) {
        boolean done = loggedOut || calls.stream().anyMatch(call -> call.did(step.verb()));
        for (int i = 0; i < MOST_TRIES && !done; i++) {
            if (i > 0) {
                backOff();
            }
            Call call = client.await(client.send(id, new PlannedCall(i, List.of(step))));
            done(call);
            done = call.did(step.verb()) || call.answer() instanceof Answer.NoSession;
        }
    }

    private void look() {
        for (int node = 0; node < nodes; node++) {
            done(client.await(client.send(id, lookAt(node))));
        }
    }

    private static PlannedCall lookAt(int node) {
        return new PlannedCall(node, List.of(Step.of(Verb.GET, "a")));
    }

    private static void backOff() {
        try {
            TimeUnit.MILLISECONDS.sleep(TRY_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
