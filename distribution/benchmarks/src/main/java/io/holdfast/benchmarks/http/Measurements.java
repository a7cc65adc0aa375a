package io.holdfast.benchmarks.http;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** All measurements of a run. */
record Measurements(List<Measurement> all) {
    Measurements {
        all = List.copyOf(all);
    }

    /** Those of one candidate and one kind of requests, by round. */
    List<Measurement> of(Candidate candidate, RequestKind kind) {
        return all.stream()
                .filter(measurement -> measurement.candidate() == candidate && measurement.kind() == kind)
                .toList();
    }

    /** One figure over all rounds. */
    Spread spread(Candidate candidate, RequestKind kind, ToDoubleFunction<Measurement> figure) {
        return Spread.of(of(candidate, kind).stream().map(figure::applyAsDouble).toList());
    }

    /**
     * How many times as many requests one candidate served in the same time as another, compared within each round: what slows
     * the machine for longer than a round then slows both.
     */
    Spread ratio(Candidate candidate, Candidate other, RequestKind kind) {
        List<Measurement> others = of(other, kind);
        return Spread.of(of(candidate, kind).stream()
                .flatMap(measurement -> others.stream()
                        .filter(theirs -> theirs.round() == measurement.round())
                        .map(theirs -> measurement.wrk().requestsPerSecond()
                                / theirs.wrk().requestsPerSecond()))
                .toList());
    }

    /** Of all rounds together. */
    long errors(Candidate candidate, RequestKind kind) {
        return of(candidate, kind).stream()
                .mapToLong(measurement -> measurement.wrk().errors())
                .sum();
    }

    /** Of all rounds together. */
    long lostUpdates(Candidate candidate, RequestKind kind) {
        return of(candidate, kind).stream().mapToLong(Measurement::lostUpdates).sum();
    }

    /** Of all rounds together. */
    long successes(Candidate candidate, RequestKind kind) {
        return of(candidate, kind).stream()
                .mapToLong(measurement -> measurement.served().successes())
                .sum();
    }
}
