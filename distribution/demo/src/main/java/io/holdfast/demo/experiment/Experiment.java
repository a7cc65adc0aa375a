package io.holdfast.demo.experiment;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Something a visitor does with overlapping requests. Both sides run the same code, against the same shop. */
interface Experiment {
    /** All of them, in the order of the page. */
    List<Experiment> ALL = List.of(new OwnAttributes(), new CartInPlace(), new LogoutAndLateWrite());

    /** The numbers of all, from 1. */
    SortedSet<Integer> NUMBERS = Collections.unmodifiableSortedSet(
            IntStream.rangeClosed(1, ALL.size()).boxed().collect(Collectors.toCollection(TreeSet::new)));

    String title();

    /** Sends the requests, looks at what is left, and notes both in {@code course}. */
    void run(Visitors visitors, Load load, Course course);

    /** Where visitors come from. */
    interface Visitors {
        /** A visitor with a session of their own. */
        Visitor logIn(String user);
    }
}
