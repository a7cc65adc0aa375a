package com.example.benchmark;

import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is done with a session.
 *
 * @param attributes in a session; besides them it has two in which updates are counted
 * @param bytes of one attribute, about: characters, which are all ASCII
 */
record Work(int attributes, int bytes) {
    private static final String ADDED = "added";
    private static final String COUNT = "count";
    private static final int FULL = 20;

    /** Gives a new session its attributes. */
    void fill(HttpSession session) {
        for (int number = 0; number < attributes; number++) {
            session.setAttribute(name(number), value(number));
        }
        List<Integer> added = new ArrayList<>();
        added.add(0);
        session.setAttribute(ADDED, added);
        session.setAttribute(COUNT, new AtomicInteger());
    }

    /** Reads one attribute. */
    String read(HttpSession session) {
        return present(session, name(anyNumber())).toString();
    }

    /** Sets so many attributes, each to a new value. */
    void write(HttpSession session, int howMany) {
        int first = anyNumber();
        for (int i = 0; i < howMany; i++) {
            int number = (first + i) % attributes;
            session.setAttribute(name(number), value(number));
        }
    }

    /**
     * Adds a number to a list in the session, and sets nothing. Its first element is how many were added before the others; when the
     * list is full, it begins anew with that.
     */
    void append(HttpSession session) {
        List<Integer> added = added(session);
        synchronized (added) {
            if (added.size() == FULL) {
                int all = count(added);
                added.clear();
                added.add(all);
            }
            added.add(anyNumber());
        }
    }

    /** Counts in the session, and sets the counter as an attribute as careful applications do. */
    void count(HttpSession session) {
        AtomicInteger count = (AtomicInteger) present(session, COUNT);
        count.incrementAndGet();
        session.setAttribute(COUNT, count);
    }

    /** How many times {@link #append} has been done so that it is still seen. */
    int appended(HttpSession session) {
        List<Integer> added = added(session);
        synchronized (added) {
            return count(added);
        }
    }

    /** How many times {@link #count} has been done so that it is still seen. */
    int counted(HttpSession session) {
        return ((AtomicInteger) present(session, COUNT)).get();
    }

    @SuppressWarnings("unchecked") // by fill
    private static List<Integer> added(HttpSession session) {
        return (List<Integer>) present(session, ADDED);
    }

    private static int count(List<Integer> added) {
        return added.get(0) + added.size() - 1;
    }

    private static Object present(HttpSession session, String name) {
        Object value = session.getAttribute(name);
        if (value == null) {
            throw new IllegalStateException("the session has lost its attribute " + name);
        }
        return value;
    }

    private int anyNumber() {
        return ThreadLocalRandom.current().nextInt(attributes);
    }

    private static String name(int number) {
        return "attribute" + number;
    }

    private Object value(int number) {
        return number % 2 == 0 ? Texts.fresh(bytes) : new Note(bytes);
    }
}
