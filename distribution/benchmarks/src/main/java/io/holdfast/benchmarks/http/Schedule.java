package io.holdfast.benchmarks.http;

/**
 * How often and how long is measured.
 *
 * @param rounds in each of which all candidates are started anew and measured one after the other
 * @param settleSeconds of {@linkplain WarmUp warm-up} after a start, at most
 * @param warmUpSeconds of the same requests before each measurement; may be 0
 * @param measureSeconds of each measurement
 */
record Schedule(int rounds, int settleSeconds, int warmUpSeconds, int measureSeconds) {
    /** About two and a half hours for everything. With less warm-up, requests were seen to be only half as fast. */
    static final Schedule THOROUGH = new Schedule(3, 120, 5, 10);

    /** Five minutes for everything, with all that is built before. */
    static final Schedule QUICK = new Schedule(1, 3, 0, 1);

    private static final int MAX_ROUNDS = 100;
    private static final int MAX_SECONDS = 600;

    Schedule {
        Load.check("--rounds", rounds, 1, MAX_ROUNDS);
        Load.check("--seconds", measureSeconds, 1, MAX_SECONDS);
    }
}
