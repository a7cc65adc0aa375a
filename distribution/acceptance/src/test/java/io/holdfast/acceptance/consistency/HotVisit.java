package io.holdfast.acceptance.consistency;

import io.holdfast.consistency.history.Step;
import io.holdfast.consistency.history.Step.Verb;
import io.holdfast.consistency.planner.HotPlan;
import io.holdfast.consistency.planner.PlannedCall;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Many visitors with one session, who do at the same time what the plan says. */
final class HotVisit {
    private final HotPlan plan;
    private final Conversation conversation;
    private final Executor visitors;

    /**
     * A visit to come.
     *
     * @param visitors a thread for each of them
     */
    HotVisit(HotPlan plan, Conversation conversation, Executor visitors) {
        this.plan = plan;
        this.conversation = conversation;
        this.visitors = visitors;
    }

    /** Does all that is planned, and then makes sure that the session has ended. */
    void run() {
        conversation.ask(plan.creation());
        if (conversation.id().isEmpty()) {
            return; // nobody knows whether there is a session
        }
        for (List<List<PlannedCall>> rush : plan.rushes()) {
            List<CompletableFuture<Void>> all = rush.stream()
                    .map(calls -> CompletableFuture.runAsync(() -> askAll(calls), visitors))
                    .toList();
            all.forEach(CompletableFuture::join);
            askAll(plan.looks());
        }
        conversation.insistOn(Step.of(Verb.END));
        conversation.look();
    }

    private void askAll(List<PlannedCall> calls) {
        for (PlannedCall call : calls) {
            if (!conversation.isOver()) {
                conversation.ask(call);
            }
        }
    }
}
