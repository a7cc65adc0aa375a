package io.holdfast.benchmarks.http;

import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is compared by what, and for how long.
 *
 * @param clients that ask at once: 1, or an even number, as half of them ask each node
 * @param sessions that they ask for in turn: 1, which all of them use at once, or an even number
 * @param rounds in each of which all candidates are started anew and measured one after the other
 * @param settleSeconds of mixed requests after a start
 * @param warmUpSeconds of the same requests before each measurement; may be 0
 * @param measureSeconds of each measurement
 */
record HttpSettings(
        List<Candidate> candidates,
        List<RequestKind> requests,
        int clients,
        int sessions,
        int rounds,
        int settleSeconds,
        int warmUpSeconds,
        int measureSeconds) {
    static final String USAGE = """
            arguments: [--quick] [--candidates <names>] [--requests <names>] [--clients <1, 2, 4 ... 1024>]
                       [--sessions <1, 2, 4 ... 100000>] [--rounds <1..100>] [--seconds <1..600>]
            candidates: %s
            requests: %s
            Names are separated by commas; --seconds is the length of one measurement.""".formatted(
                    names(Candidate.values(), Candidate::option), names(RequestKind.values(), RequestKind::option));

    private static final int MAX_CLIENTS = 1_024;
    private static final int MAX_SESSIONS = 100_000;
    private static final int MAX_ROUNDS = 100;
    private static final int MAX_SECONDS = 600;

    /** About half an hour. */
    private static final HttpSettings THOROUGH =
            new HttpSettings(List.of(Candidate.values()), List.of(RequestKind.values()), 16, 200, 3, 10, 3, 10);

    /** Five minutes with all that is built before. */
    private static final HttpSettings QUICK =
            new HttpSettings(List.of(Candidate.values()), List.of(RequestKind.values()), 16, 200, 2, 3, 0, 1);

    HttpSettings {
        candidates = List.copyOf(candidates);
        requests = List.copyOf(requests);
        checkOneOrEven("--clients", clients, MAX_CLIENTS);
        checkOneOrEven("--sessions", sessions, MAX_SESSIONS);
        check("--rounds", rounds, MAX_ROUNDS);
        check("--seconds", measureSeconds, MAX_SECONDS);
    }

    /**
     * From a command line.
     *
     * @throws IllegalArgumentException if it cannot be understood; the message says what can be
     */
    static HttpSettings of(String... arguments) {
        HttpSettings settings = List.of(arguments).contains("--quick") ? QUICK : THOROUGH;
        Iterator<String> rest = List.of(arguments).iterator();
        while (rest.hasNext()) {
            settings = settings.with(rest.next(), rest);
        }
        return settings;
    }

    private HttpSettings with(String argument, Iterator<String> rest) {
        return switch (argument) {
            case "--quick" -> this;
            case "--candidates" -> withCandidates(list(following(rest, argument), Candidate::of));
            case "--requests" -> withRequests(list(following(rest, argument), RequestKind::of));
            case "--clients" -> withCounts(number(rest, argument), sessions, rounds, measureSeconds);
            case "--sessions" -> withCounts(clients, number(rest, argument), rounds, measureSeconds);
            case "--rounds" -> withCounts(clients, sessions, number(rest, argument), measureSeconds);
            case "--seconds" -> withCounts(clients, sessions, rounds, number(rest, argument));
            default -> throw new IllegalArgumentException(argument + " is unknown; " + USAGE);
        };
    }

    private HttpSettings withCandidates(List<Candidate> chosen) {
        return new HttpSettings(
                chosen, requests, clients, sessions, rounds, settleSeconds, warmUpSeconds, measureSeconds);
    }

    private HttpSettings withRequests(List<RequestKind> chosen) {
        return new HttpSettings(
                candidates, chosen, clients, sessions, rounds, settleSeconds, warmUpSeconds, measureSeconds);
    }

    private HttpSettings withCounts(int newClients, int newSessions, int newRounds, int newMeasureSeconds) {
        return new HttpSettings(
                candidates,
                requests,
                newClients,
                newSessions,
                newRounds,
                settleSeconds,
                warmUpSeconds,
                newMeasureSeconds);
    }

    private static <T> List<T> list(String names, Function<String, T> of) {
        try {
            return Stream.of(names.split(",", -1)).map(of).distinct().toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "; " + USAGE, e);
        }
    }

    private static String following(Iterator<String> rest, String argument) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(argument + " needs a value; " + USAGE);
        }
        return rest.next();
    }

    private static int number(Iterator<String> rest, String argument) {
        String text = following(rest, argument);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(text + " is not a number; " + USAGE, e);
        }
    }

    private static void checkOneOrEven(String name, int value, int highest) {
        check(name, value, highest);
        if (value != 1 && value % 2 != 0) {
            throw new IllegalArgumentException(name + " " + value + " cannot be halved for two nodes; " + USAGE);
        }
    }

    private static void check(String name, int value, int highest) {
        if (value < 1 || value > highest) {
            throw new IllegalArgumentException(name + " " + value + " is not in 1.." + highest + "; " + USAGE);
        }
    }

    private static <T> String names(T[] values, Function<T, String> name) {
        return Stream.of(values).map(name).collect(Collectors.joining(", "));
    }
}
