package io.holdfast.benchmarks.http;

/**
 * Requests as the server counts them.
 *
 * @param requests answered
 * @param errors among them
 */
record Served(long requests, long errors) {
    static final Served NOTHING = new Served(0, 0);

    Served plus(Served other) {
        return new Served(requests + other.requests, errors + other.errors);
    }

    Served since(Served earlier) {
        return new Served(requests - earlier.requests, errors - earlier.errors);
    }

    long successes() {
        return requests - errors;
    }
}
