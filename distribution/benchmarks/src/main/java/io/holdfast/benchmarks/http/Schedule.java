package io.holdfast.benchmarks.http;

/**
 * How often and how long is measured.
 *
 * @param rounds in each of which all candidates are started anew
 * @param settleSeconds of {@linkplain WarmUp warm-up} with all requests after a start, at most
 * @param warmUpSeconds of that with the same requests before each measurement, at most
 * @param measureSeconds of each measurement
 */
record Schedule(int rounds, int settleSeconds, int warmUpSeconds, int measureSeconds) {
    /** Two to three hours for everything. With less warm-up, requests were seen to be only half as fast. */
    static final Schedule THOROUGH = new Schedule(3, 90, 15, 5);

    /** Five minutes for a few candidates and kinds of requests, with all that is built before. */
    static final Schedule QUICK = new Schedule(1, 25, 10, 3);

    private static final int MAX_ROUNDS = 100;
    private static final int MAX_SECONDS = 600;

    Schedule {
        Load.check("--rounds", rounds, 1, MAX_ROUNDS);
        Load.check("--seconds", measureSeconds, 1, MAX_SECONDS);
    }
}
