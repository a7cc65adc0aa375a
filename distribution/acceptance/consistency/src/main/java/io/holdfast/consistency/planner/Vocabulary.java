package io.holdfast.consistency.planner;

import io.holdfast.consistency.history.Step;
import io.holdfast.consistency.history.Step.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The requests that one visitor knows. Whatever they write, they write once. */
final class Vocabulary {
    private static final List<String> REGISTERS = List.of("a", "b", "c");
    private static final List<String> ADDED_TO = List.of("list", "set", "map");
    private static final int LONGEST_PAUSE_MILLIS = 4;
    private static final List<String> CONTENDED = List.of("strict", "first");
    private static final List<String> ALL =
            List.of("a", "b", "c", "left", "right", "list", "set", "map", "counter", "tally", "strict", "first");

    private final long visit;
    private final SplittableRandom random;
    private final List<Step> added = new ArrayList<>();
    private int values;
    private int places;

    Vocabulary(long visit, SplittableRandom random) {
        this.visit = visit;
        this.random = random;
    }

    List<Step> creation() {
        return List.of(Step.of(Verb.CREATE), put());
    }

    List<Step> readEverything() {
        return ALL.stream().map(name -> Step.of(Verb.GET, name)).toList();
    }

    List<Step> readSome() {
        return Stream.generate(this::get).limit(random.nextInt(1, 4)).toList();
    }

    List<Step> write() {
        List<Step> steps = new ArrayList<>();
        if (random.nextBoolean()) {
            steps.add(get());
        }
        int count = random.nextInt(1, 4);
        for (int i = 0; i < count; i++) {
            steps.add(change());
        }
        if (random.nextInt(6) == 0) {
            steps.add(contended());
        }
        return steps;
    }

    /** Gets an object, does something that takes a while, and then changes that object; mostly the one of that name. */
    List<Step> slow(String favourite) {
        Step change = random.nextInt(4) == 0 ? inPlace() : inPlace(favourite);
        List<Step> steps = new ArrayList<>();
        steps.add(Step.of(Verb.GET, change.name()));
        steps.add(pause());
        steps.add(change);
        switch (random.nextInt(12)) {
            case 0 -> steps.add(change());
            case 1, 2 -> {
                steps.add(pause());
                steps.add(inPlace(change.name()));
            }
            case 3 -> steps.add(contended());
            default -> {}
        }
        return steps;
    }

    /** Does what is lost if another request comes in between, and so has to be alone with its session. */
    List<Step> alone() {
        List<Step> steps = new ArrayList<>();
        if (random.nextBoolean()) {
            steps.add(get());
        }
        steps.add(Step.of(Verb.INCREMENT, "tally"));
        switch (random.nextInt(4)) {
            case 0 -> steps.add(change());
            case 1 -> {
                steps.add(Step.of(Verb.FLUSH));
                steps.add(Step.of(Verb.INCREMENT, "tally"));
            }
            default -> {}
        }
        return steps;
    }

    /** Two requests that replace what both have seen, one after the other: the first is held until the second is over. */
    List<List<Step>> duel() {
        String name = pick(CONTENDED);
        return List.of(
                List.of(Step.of(Verb.GET, name), hold(), new Step(Verb.PUT, name, nextValue())),
                List.of(Step.of(Verb.GET, name), new Step(Verb.PUT, name, nextValue()), change()));
    }

    /** Has looked at the session, and maybe changed it, before it waits; changes it afterwards. */
    List<Step> held() {
        List<Step> steps = new ArrayList<>(readSome());
        if (random.nextInt(3) == 0) {
            steps.add(change());
        }
        steps.add(hold());
        steps.addAll(write());
        return steps;
    }

    /** Has the first byte sent; what was changed before has to be seen from then on, even if the request goes on for long. */
    List<Step> flushed() {
        List<Step> steps = new ArrayList<>(write());
        steps.add(Step.of(Verb.FLUSH));
        if (random.nextBoolean()) {
            steps.add(hold());
        }
        steps.add(change());
        return steps;
    }

    /** What another thread does belongs to no request, so nothing here has to be seen together. */
    List<Step> asynchronous() {
        List<Step> steps = new ArrayList<>();
        steps.add(get());
        steps.add(Step.of(Verb.ASYNC));
        steps.add(random.nextBoolean() ? put() : add());
        return steps;
    }

    List<Step> withNewId(List<Step> steps) {
        return Stream.concat(Stream.of(Step.of(Verb.ROTATE)), steps.stream()).toList();
    }

    private Step hold() {
        return Step.of(Verb.HOLD, "v" + visit + "-" + ++places);
    }

    private Step pause() {
        return new Step(Verb.PAUSE, "", Integer.toString(1 + random.nextInt(LONGEST_PAUSE_MILLIS)));
    }

    private Step get() {
        return Step.of(Verb.GET, pick(ALL));
    }

    private Step change() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> put();
            case 3 -> Step.of(Verb.CLEAR, pick(REGISTERS));
            case 4, 5 -> new Step(Verb.PAIR, "", nextValue());
            case 6 -> drop();
            case 7, 8 -> Step.of(Verb.COUNT, "counter");
            default -> add();
        };
    }

    /** Not behind the first byte: what fails there fails quietly, along with everything else done there. */
    private Step contended() {
        String name = pick(CONTENDED);
        return random.nextInt(6) == 0 ? Step.of(Verb.CLEAR, name) : new Step(Verb.PUT, name, nextValue());
    }

    private Step put() {
        return new Step(Verb.PUT, pick(REGISTERS), nextValue());
    }

    /** One of the attributes that are changed in place. */
    String changedInPlace() {
        return random.nextInt(3) == 0 ? "counter" : pick(ADDED_TO);
    }

    private Step inPlace() {
        return random.nextInt(4) == 0 ? drop() : inPlace(changedInPlace());
    }

    private Step inPlace(String name) {
        return name.equals("counter") ? Step.of(Verb.COUNT, name) : add(name);
    }

    private Step add() {
        return add(pick(ADDED_TO));
    }

    private Step add(String name) {
        Step step = new Step(Verb.ADD, name, nextValue());
        added.add(step);
        return step;
    }

    /** Out of a set or a map goes what was put there, or is being put there by a request of the same round. */
    private Step drop() {
        List<Step> candidates =
                added.stream().filter(step -> !step.name().equals("list")).toList();
        if (candidates.isEmpty()) {
            return add();
        }
        Step gone = candidates.get(random.nextInt(candidates.size()));
        return new Step(Verb.DROP, gone.name(), gone.value());
    }

    private String nextValue() {
        return "v" + ++values;
    }

    private String pick(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }
}
