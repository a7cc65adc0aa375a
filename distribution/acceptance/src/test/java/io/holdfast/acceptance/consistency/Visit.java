package io.holdfast.acceptance.consistency;

import io.holdfast.consistency.history.Step;
import io.holdfast.consistency.history.Step.Verb;
import io.holdfast.consistency.planner.PlannedCall;
import io.holdfast.consistency.planner.Planner;
import io.holdfast.consistency.planner.VisitPlan;
import io.holdfast.consistency.planner.VisitPlan.Finale;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One visitor, who does what the plan says and keeps a record of it. */
final class Visit {
    private final VisitPlan plan;
    private final Client client;
    private final Conversation conversation;
    private final List<Sent> stillHeld = new ArrayList<>();

    Visit(VisitPlan plan, Client client, Conversation conversation) {
        this.plan = plan;
        this.client = client;
        this.conversation = conversation;
    }

    /** Does all but the last look at a session that is to expire. */
    void run() {
        for (int i = 0; i < plan.rounds().size() && !conversation.isOver(); i++) {
            boolean last = i == plan.rounds().size() - 1;
            round(plan.rounds().get(i), last && plan.finale() == Finale.EXPIRES_UNDER_A_REQUEST);
            if (conversation.id().isEmpty()) {
                return; // nobody knows whether there is a session
            }
        }
        if (plan.finale() == Finale.ENDED) {
            conversation.insistOn(Step.of(Verb.END));
            conversation.look();
        } else if (plan.finale() == Finale.LIVES) {
            conversation.look();
        } else {
            conversation.insistOn(new Step(Verb.TIMEOUT, "", Integer.toString(Planner.SHORT_TIMEOUT_SECONDS)));
        }
    }

    /** Whether {@link #lookAfterExpiry} has to follow. */
    boolean isToExpire() {
        return !conversation.id().isEmpty()
                && (plan.finale() == Finale.EXPIRES || plan.finale() == Finale.EXPIRES_UNDER_A_REQUEST);
    }

    /** The session has expired meanwhile. */
    void lookAfterExpiry() {
        stillHeld.forEach(conversation::await);
        conversation.look();
    }

    private void round(List<PlannedCall> round, boolean keepHeld) {
        String presented = conversation.id();
        List<Sent> held = send(presented, round.stream().filter(PlannedCall::isHeld));
        held.forEach(client::awaitHeld);
        send(presented, round.stream().filter(planned -> !planned.isHeld())).forEach(conversation::await);
        if (keepHeld) {
            stillHeld.addAll(held);
        } else {
            held.forEach(conversation::await);
        }
        if (!presented.isEmpty() && !presented.equals(conversation.id())) {
            conversation.await(conversation.send(
                    presented, Conversation.lookAt(round.get(0).node() + 1)));
        }
    }

    private List<Sent> send(String presented, Stream<PlannedCall> planned) {
        return planned.map(one -> conversation.send(presented, one)).toList();
    }
}
