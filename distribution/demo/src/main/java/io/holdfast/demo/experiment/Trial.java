package io.holdfast.demo.experiment;

import io.holdfast.demo.experiment.Results.Result;
import io.holdfast.demo.experiment.SideResult.State;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** One experiment, carried out at most once, on both sides at the same time. */
final class Trial {
    private final int number;
    private final Experiment experiment;
    private final Course stock = new Course();
    private final Course holdfast = new Course();

    /** @param number its place in {@link Experiment#ALL}, from 1 */
    Trial(int number) {
        this.number = number;
        this.experiment = Experiment.ALL.get(number - 1);
    }

    /** Returns when both sides are done or have failed. */
    void run(HttpClient http, URI front, Load load, Executor threads) {
        CompletableFuture.allOf(
                        CompletableFuture.runAsync(() -> run(Side.STOCK, stock, http, front, load), threads),
                        CompletableFuture.runAsync(() -> run(Side.HOLDFAST, holdfast, http, front, load), threads))
                .join();
    }

    private void run(Side side, Course course, HttpClient http, URI front, Load load) {
        course.begin();
        try {
            experiment.run(user -> new Visitor(http, front, side, user), load, course);
            course.end();
        } catch (RuntimeException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            course.fail(reason.toString());
        }
    }

    /** @throws IllegalStateException if the experiment could not be carried out on both sides */
    void requireDone() {
        if (stock.result().state() != State.DONE || holdfast.result().state() != State.DONE) {
            throw new IllegalStateException("An experiment cannot be carried out: " + result());
        }
    }

    Result result() {
        return new Result(number, experiment.title(), stock.result(), holdfast.result());
    }
}
