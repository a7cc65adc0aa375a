package io.holdfast.demo.experiment;

import java.util.List;

/**
 * What one experiment found on one side, complete or so far.
 *
 * @param state how far it is
 * @param sent updates sent
 * @param kept updates found afterwards on both nodes
 * @param lost labels of those that were not
 * @param refused how many of the updates were answered with something else than success
 * @param millis from the first request sent to the last one answered, or so far
 * @param requests all requests, also those that are not counted
 * @param failure why it could not be carried out; empty if it could
 */
public record SideResult(
        State state,
        int sent,
        int kept,
        List<String> lost,
        int refused,
        long millis,
        List<RequestView> requests,
        String failure) {

    /** How far an experiment is. */
    public enum State {
        NOT_RUN,
        RUNNING,
        DONE,
        FAILED
    }

    @Override
    public String toString() {
        return switch (state) {
            case NOT_RUN -> "not run";
            case RUNNING -> "running";
            case FAILED -> "failed: " + failure;
            case DONE -> "kept " + kept + " of " + sent + ", lost " + lost.size() + (lost.isEmpty() ? "" : " " + lost);
        };
    }
}
