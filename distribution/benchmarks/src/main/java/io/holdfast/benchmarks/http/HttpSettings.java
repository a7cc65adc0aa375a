package io.holdfast.benchmarks.http;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is compared by what, and for how long. */
record HttpSettings(List<Candidate> candidates, List<RequestKind> requests, Load load, Schedule schedule) {
    static final String USAGE = """
            arguments: [--quick] [--candidates <names>] [--requests <names>] [--clients <1, 2, 4 ... 1024>]
                       [--sessions <1, 2, 4 ... 100000>] [--attributes <5..10000>] [--bytes <16..1000000>]
                       [--rounds <1..100>] [--seconds <1..600>]
            candidates: %s
            requests: %s
            Names are separated by commas; --seconds is the length of one measurement.""".formatted(
                    names(Candidate.values(), Candidate::option), names(RequestKind.values(), RequestKind::option));

    private static final HttpSettings ALL = new HttpSettings(
            List.of(Candidate.values()), List.of(RequestKind.values()), new Load(16, 200, 10, 200), Schedule.THOROUGH);

    HttpSettings {
        candidates = List.copyOf(candidates);
        requests = List.copyOf(requests);
    }

    /**
     * From a command line.
     *
     * @throws IllegalArgumentException if it cannot be understood; the message says what can be
     */
    static HttpSettings of(String... arguments) {
        List<String> all = List.of(arguments);
        HttpSettings settings = all.contains("--quick") ? ALL.with(Schedule.QUICK) : ALL;
        Iterator<String> rest = all.iterator();
        try {
            while (rest.hasNext()) {
                settings = settings.with(rest.next(), rest);
            }
            return settings;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "; " + USAGE, e);
        }
    }

    private HttpSettings with(String argument, Iterator<String> rest) {
        return switch (argument) {
            case "--quick" -> this;
            case "--candidates" ->
                new HttpSettings(list(following(rest, argument), Candidate::of), requests, load, schedule);
            case "--requests" ->
                new HttpSettings(candidates, list(following(rest, argument), RequestKind::of), load, schedule);
            default -> with(argument, following(rest, argument));
        };
    }

    private HttpSettings with(String argument, String value) {
        return switch (argument) {
            case "--clients" -> with(new Load(number(value), load.sessions(), load.attributes(), load.bytes()));
            case "--sessions" -> with(new Load(load.clients(), number(value), load.attributes(), load.bytes()));
            case "--attributes" -> with(new Load(load.clients(), load.sessions(), number(value), load.bytes()));
            case "--bytes" -> with(new Load(load.clients(), load.sessions(), load.attributes(), number(value)));
            case "--rounds" -> with(rounds(number(value), schedule.measureSeconds()));
            case "--seconds" -> with(rounds(schedule.rounds(), number(value)));
            default -> throw new IllegalArgumentException(argument + " is unknown");
        };
    }

    /** The same without those of these candidates that are not to be compared. */
    HttpSettings without(Set<Candidate> leftOut) {
        List<Candidate> left = candidates.stream()
                .filter(candidate -> !leftOut.contains(candidate))
                .toList();
        return new HttpSettings(left, requests, load, schedule);
    }

    private HttpSettings with(Load newLoad) {
        return new HttpSettings(candidates, requests, newLoad, schedule);
    }

    private HttpSettings with(Schedule newSchedule) {
        return new HttpSettings(candidates, requests, load, newSchedule);
    }

    private Schedule rounds(int rounds, int measureSeconds) {
        return new Schedule(rounds, schedule.settleSeconds(), schedule.warmUpSeconds(), measureSeconds);
    }

    private static <T> List<T> list(String names, Function<String, T> of) {
        return Stream.of(names.split(",", -1)).map(of).distinct().toList();
    }

    private static String following(Iterator<String> rest, String argument) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(argument + " is unknown or needs a value");
        }
        return rest.next();
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(text + " is not a number", e);
        }
    }

    private static <T> String names(T[] values, Function<T, String> name) {
        return Stream.of(values).map(name).collect(Collectors.joining(", "));
    }
}
