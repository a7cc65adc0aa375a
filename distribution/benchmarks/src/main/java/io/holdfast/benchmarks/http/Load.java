package io.holdfast.benchmarks.http;

import java.util.Locale;

/**
 * How many clients ask for how many sessions of which size.
 *
 * @param clients that ask at once: 1, or an even number, as half of them ask each node
 * @param sessions that they ask for in turn: 1, which all of them use at once, or an even number
 * @param attributes of a session
 * @param bytes of an attribute, about
 * @param routing which nodes are asked for a session
 */
record Load(int clients, int sessions, int attributes, int bytes, Routing routing) {
    /** What is measured if nothing else is asked for. */
    static final Load DEFAULT = new Load(16, 200, 10, 200, Routing.ROUND_ROBIN);

    private static final int MAX_CLIENTS = 1_024;
    private static final int MAX_SESSIONS = 100_000;
    private static final int MAX_ATTRIBUTES = 10_000;
    private static final int MIN_ATTRIBUTES = 5; // as many as a request writes
    private static final int MAX_BYTES = 1_000_000;
    private static final int MIN_BYTES = 16;

    /** Of 512 MB; in memory a node has half of the sessions. */
    private static final long MAX_TOTAL_BYTES = 200_000_000;

    Load {
        checkOneOrEven("--clients", clients, MAX_CLIENTS);
        checkOneOrEven("--sessions", sessions, MAX_SESSIONS);
        check("attributes of --sizes", attributes, MIN_ATTRIBUTES, MAX_ATTRIBUTES);
        check("bytes of --sizes", bytes, MIN_BYTES, MAX_BYTES);
        long total = (long) sessions * attributes * bytes;
        if (total > MAX_TOTAL_BYTES) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%,d sessions of %dx%d are %,d bytes, and more than %,d do not fit in a node's heap: --sessions or --sizes has to be smaller",
                    sessions,
                    attributes,
                    bytes,
                    total,
                    MAX_TOTAL_BYTES));
        }
    }

    private static void checkOneOrEven(String name, int value, int highest) {
        check(name, value, 1, highest);
        if (value != 1 && value % 2 != 0) {
            throw new IllegalArgumentException(name + " " + value + " cannot be halved for two nodes");
        }
    }

    /** For arguments of the command line. */
    static void check(String name, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(name + " " + value + " is not in " + lowest + ".." + highest);
        }
    }

    Load withClients(int number) {
        return new Load(number, sessions, attributes, bytes, routing);
    }

    Load withSessions(int number) {
        return new Load(clients, number, attributes, bytes, routing);
    }

    Load withSize(int newAttributes, int newBytes) {
        return new Load(clients, sessions, newAttributes, newBytes, routing);
    }

    Load withRouting(Routing newRouting) {
        return new Load(clients, sessions, attributes, bytes, newRouting);
    }

    /** For tables. */
    String title() {
        return String.format(
                Locale.ROOT,
                "%,d client%s, %,d session%s of %,d attributes of %,d bytes, %s",
                clients,
                clients == 1 ? "" : "s",
                sessions,
                sessions == 1 ? "" : "s",
                attributes,
                bytes,
                routing.title());
    }

    /** For names of files. */
    String option() {
        return clients + "-clients-" + sessions + "-sessions-" + attributes + "x" + bytes + "-" + routing.option();
    }
}
