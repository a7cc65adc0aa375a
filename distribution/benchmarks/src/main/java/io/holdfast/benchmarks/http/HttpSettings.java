package io.holdfast.benchmarks.http;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is compared by what, and for how long; everything with each of the loads. */
record HttpSettings(List<Candidate> candidates, List<RequestKind> requests, List<Load> loads, Schedule schedule) {
    static final String USAGE = """
            arguments: [--quick] [--candidates <names>] [--requests <names>] [--clients <1, 2, 4 ... 1024>]
                       [--sessions <1, 2, 4 ... 100000>] [--sizes <attributes 5..10000>x<bytes 16..1000000>]
                       [--routing <names>] [--rounds <1..100>] [--seconds <1..600>]
            candidates: %s
            requests: %s
            routing: %s
            Of all but --rounds and --seconds, several values are separated by commas; --seconds is the length of one measurement.""".formatted(
                    names(Candidate.values(), Candidate::option),
                    names(RequestKind.values(), RequestKind::option),
                    names(Routing.values(), Routing::option));

    private static final HttpSettings ALL = new HttpSettings(
            List.of(Candidate.values()), List.of(RequestKind.values()), List.of(Load.DEFAULT), Schedule.THOROUGH);

    /** Few, so that there is time to warm them up: figures of cold JVMs were wrong by half. */
    private static final HttpSettings QUICK = new HttpSettings(
            List.of(Candidate.MEMORY, Candidate.HOLDFAST, Candidate.REDISSON),
            List.of(RequestKind.READ, RequestKind.WRITE, RequestKind.APPEND),
            List.of(Load.DEFAULT),
            Schedule.QUICK);

    HttpSettings {
        candidates = List.copyOf(candidates);
        requests = List.copyOf(requests);
        loads = List.copyOf(loads);
    }

    /**
     * From a command line.
     *
     * @throws IllegalArgumentException if it cannot be understood; the message says what can be
     */
    static HttpSettings of(String... arguments) {
        List<String> all = List.of(arguments);
        HttpSettings settings = all.contains("--quick") ? QUICK : ALL;
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
                new HttpSettings(list(following(rest, argument), Candidate::of), requests, loads, schedule);
            case "--requests" ->
                new HttpSettings(candidates, list(following(rest, argument), RequestKind::of), loads, schedule);
            default -> with(argument, following(rest, argument));
        };
    }

    private HttpSettings with(String argument, String value) {
        return switch (argument) {
            case "--clients" -> with(value, (load, text) -> load.withClients(number(argument, text)));
            case "--sessions" -> with(value, (load, text) -> load.withSessions(number(argument, text)));
            case "--sizes" -> with(value, HttpSettings::withSize);
            case "--routing" -> with(value, (load, text) -> load.withRouting(Routing.of(text)));
            case "--rounds" -> with(rounds(number(argument, value), schedule.measureSeconds()));
            case "--seconds" -> with(rounds(schedule.rounds(), number(argument, value)));
            default -> throw new IllegalArgumentException(argument + " is unknown");
        };
    }

    /** Each of the loads with each of the values. */
    private HttpSettings with(String values, BiFunction<Load, String, Load> change) {
        List<Load> changed = list(values, Function.identity()).stream()
                .flatMap(value -> loads.stream().map(load -> change.apply(load, value)))
                .distinct()
                .toList();
        return new HttpSettings(candidates, requests, changed, schedule);
    }

    private static Load withSize(Load load, String size) {
        String[] parts = size.split("x", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("--sizes " + size + " is no size such as 10x200");
        }
        return load.withSize(number("attributes of --sizes", parts[0]), number("bytes of --sizes", parts[1]));
    }

    /**
     * The same without those of these candidates that are not to be compared.
     *
     * @param leftOut each with the reason
     * @throws IllegalArgumentException if no other one is left
     */
    HttpSettings without(Map<Candidate, String> leftOut) {
        List<Candidate> left = candidates.stream()
                .filter(candidate -> !leftOut.containsKey(candidate))
                .toList();
        if (left.isEmpty()) {
            throw new IllegalArgumentException("--candidates names only what cannot be measured here: "
                    + leftOut.entrySet().stream()
                            .map(entry -> entry.getKey().option() + ", " + entry.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return new HttpSettings(left, requests, loads, schedule);
    }

    /** Those that are compared with each other. */
    List<List<Candidate>> candidatesByContainer() {
        return Stream.of(Container.values())
                .map(container -> candidates.stream()
                        .filter(candidate -> candidate.container() == container)
                        .toList())
                .filter(together -> !together.isEmpty())
                .toList();
    }

    private HttpSettings with(Schedule newSchedule) {
        return new HttpSettings(candidates, requests, loads, newSchedule);
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

    private static int number(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " " + text + " is not a whole number in its range", e);
        }
    }

    private static <T> String names(T[] values, Function<T, String> name) {
        return Stream.of(values).map(name).collect(Collectors.joining(", "));
    }
}
