package io.holdfast.benchmarks.http;

import java.util.Map;

/** Made-up measurements. */
final class Sample {
    private Sample() {}

    /** One second, in which so many requests were served. */
    static Measurement of(Candidate candidate, RequestKind kind, int round, long requests) {
        return of(candidate, kind, round, requests, 0, 0);
    }

    /** The first round with that load. */
    static Measurement of(Candidate candidate, RequestKind kind, Load load, long requests) {
        return of(candidate, kind, load, 1, requests, 0, 0);
    }

    static Measurement of(
            Candidate candidate, RequestKind kind, int round, long requests, long statusErrors, long lostUpdates) {
        return of(candidate, kind, Load.DEFAULT, round, requests, statusErrors, lostUpdates);
    }

    private static Measurement of(
            Candidate candidate,
            RequestKind kind,
            Load load,
            int round,
            long requests,
            long statusErrors,
            long lostUpdates) {
        return new Measurement(
                candidate,
                kind,
                load,
                round,
                new WrkResult(requests, 1_000_000, statusErrors, 0, 750, 9_770, 20_100),
                new Served(requests, statusErrors),
                requests * 25.0,
                new JvmTotals(requests * 12_340, 60),
                48,
                new RedisFigures(
                        3 * requests, 2 * requests, 100 * requests, 200 * requests, 7 * requests, Map.of("get", 3L)),
                11 * requests,
                lostUpdates);
    }
}
