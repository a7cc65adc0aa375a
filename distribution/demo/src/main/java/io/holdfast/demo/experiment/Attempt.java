package io.holdfast.demo.experiment;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** One request of an experiment, from plan to verdict. Any thread may look at it at any time. */
final class Attempt {
    private static final int UNKNOWN = -1;

    private final Course course;

    @GuardedBy("this")
    private RequestView view;

    Attempt(Course course, String label, Fate fate) {
        this.course = course;
        this.view = new RequestView(label, "", UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, 0, fate);
    }

    /** Sends the request, maybe once more; it is on its way when this returns. */
    CompletableFuture<Answer> send(Visitor visitor, String method, String pathAndQuery) {
        long sent = course.clock();
        update(v -> new RequestView(v.label(), "", sent, UNKNOWN, UNKNOWN, UNKNOWN, 0, v.fate()));
        return visitor.send(method, pathAndQuery).thenApply(this::answered);
    }

    void decide(boolean kept) {
        Fate fate = kept ? Fate.KEPT : Fate.LOST;
        update(v ->
                new RequestView(v.label(), v.node(), v.sent(), v.entered(), v.left(), v.answered(), v.status(), fate));
    }

    synchronized RequestView view() {
        return view;
    }

    String label() {
        return view().label();
    }

    private Answer answered(Answer answer) {
        long now = course.clock();
        update(v -> new RequestView(
                v.label(),
                answer.node(),
                v.sent(),
                course.since(answer.enteredMillis()),
                course.since(answer.leftMillis()),
                now,
                answer.status(),
                v.fate()));
        return answer;
    }

    private synchronized void update(UnaryOperator<RequestView> change) {
        view = change.apply(view);
    }
}
