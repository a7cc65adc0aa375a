package io.holdfast.demo.experiment;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How hard to try.
 *
 * @param requests how many updates an experiment sends
 * @param holdMillis how long requests work between reading their session and changing it
 */
public record Load(int requests, int holdMillis) {
    public static final Load DEFAULT = new Load(20, 100);

    private static final int FEWEST_REQUESTS = 4;
    private static final int MOST_REQUESTS = 60;
    private static final int SHORTEST_HOLD = 50;
    private static final int LONGEST_HOLD = 150;

    public Load {
        check("requests", requests, FEWEST_REQUESTS, MOST_REQUESTS);
        check("hold", holdMillis, SHORTEST_HOLD, LONGEST_HOLD);
    }

    /** The time one request works, up to a quarter more or less: as in life, no two requests end in the same instant. */
    int someHold() {
        return holdMillis * ThreadLocalRandom.current().nextInt(75, 126) / 100;
    }

    private static void check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is " + value + "; give " + min + " to " + max);
        }
    }
}
