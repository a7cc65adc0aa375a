package io.holdfast.consistency.checker;

import io.holdfast.consistency.history.Answer;
import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.history.Step.Verb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A list, set or map that is changed in place: what was added is there, once, until it is taken out, and then it is not.
 * Every element is added once. Elements of a list only come behind those that are there.
 */
final class ContainerRule {
    private final AttributeHistory history;
    private final Rules rules;
    private final List<Finding> findings = new ArrayList<>();

    ContainerRule(AttributeHistory history, Rules rules) {
        this.history = history;
        this.rules = rules;
    }

    List<Finding> check() {
        for (Read read : history.reads()) {
            checkPresent(read);
            checkMissing(read);
        }
        if (history.name().equals("list")) {
            checkOrder();
        }
        return findings;
    }

    private void checkPresent(Read read) {
        Predicate<Write> showing = history.showingIn(read.call());
        Set<String> once = new HashSet<>();
        for (String element : elements(read)) {
            if (!once.add(element)) {
                report(Kind.REPEATED_UPDATE, read, element, "is there twice", writes(Verb.ADD, element));
            }
            List<Write> adds = writes(Verb.ADD, element);
            if (adds.stream().noneMatch(add -> add.mayShowIn(read.time()))) {
                report(Kind.RESURRECTED_VALUE, read, element, "was refused, or never added", adds);
            }
            for (Write drop : writes(Verb.DROP, element)) {
                boolean gone = drop.isSure()
                        && showing.test(drop)
                        && adds.stream().allMatch(add -> add.isOverBefore(drop.time()))
                        && adds.stream()
                                .allMatch(history.showingIn(drop.call())) // else it took out what it did not see
                        && !mayBeOverwritten(drop);
                if (gone) {
                    report(kindOfTakenOut(drop, read), read, element, "had been taken out", List.of(drop));
                }
            }
        }
    }

    private Kind kindOfTakenOut(Write drop, Read read) {
        String element = drop.value();
        return history.present(
                read,
                later -> !elements(later).contains(element)
                        && writes(Verb.DROP, element).stream()
                                .noneMatch(other -> other.mayHappenBetween(read.time(), later.time())),
                earlier ->
                        drop.isOverBefore(earlier.time()) && !elements(earlier).contains(element));
    }

    private void checkMissing(Read read) {
        Predicate<Write> showing = history.showingIn(read.call());
        List<String> present = elements(read);
        for (Write add : history.writes()) {
            String element = add.value();
            boolean expected = add.step().verb() == Verb.ADD
                    && add.isSure()
                    && showing.test(add)
                    && writes(Verb.DROP, element).stream().noneMatch(drop -> drop.mayShowIn(read.time()))
                    && !mayBeOverwritten(add);
            if (expected && !present.contains(element)) {
                Kind kind = history.missing(read, other -> elements(other).contains(element));
                report(kind, read, element, "is missing", List.of(add));
            }
        }
    }

    /** Without merging, of concurrent changes one counts. */
    private boolean mayBeOverwritten(Write write) {
        return !rules.merges()
                && history.writes().stream()
                        .anyMatch(other -> !other.call().is(write.call()) && other.isConcurrentWith(write));
    }

    /** Of two lists that were seen while nobody changed it, the later one continues the earlier one. */
    private void checkOrder() {
        List<Read> quiet = history.reads().stream().filter(history::isQuiet).toList();
        for (Read earlier : quiet) {
            for (Read later : quiet) {
                List<String> head = elements(earlier);
                List<String> whole = elements(later);
                if (earlier.isBefore(later)
                        && whole.containsAll(head)
                        && !whole.subList(0, head.size()).equals(head)) {
                    findings.add(Finding.of(
                            Kind.RESURRECTED_VALUE,
                            "#" + later.call().number() + " saw list=" + later.seen() + ", which does not continue "
                                    + earlier.seen() + " that #"
                                    + earlier.call().number() + " saw",
                            List.of(earlier.call(), later.call())));
                    return;
                }
            }
        }
    }

    private List<Write> writes(Verb verb, String element) {
        return history.writes().stream()
                .filter(write -> write.step().verb() == verb && write.value().equals(element))
                .toList();
    }

    private void report(Kind kind, Read read, String element, String what, List<Write> writes) {
        List<Call> evidence = new ArrayList<>(writes.stream().map(Write::call).toList());
        evidence.add(read.call());
        findings.add(Finding.of(
                kind,
                "#" + read.call().number() + " saw " + history.name() + "=" + read.seen() + ", where " + element + " "
                        + what,
                evidence));
    }

    private static List<String> elements(Read read) {
        String seen = read.seen();
        if (seen.equals(Answer.ABSENT) || seen.equals("[]")) {
            return List.of();
        }
        return Arrays.asList(seen.substring(1, seen.length() - 1).split(" ", -1));
    }
}
