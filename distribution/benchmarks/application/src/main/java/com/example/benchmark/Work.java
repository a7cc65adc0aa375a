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
    private static final String RECENT = "recent";
    private static final String COUNT = "count";
    private static final int MOST_RECENT = 20;

    /** Gives a new session its attributes. */
    void fill(HttpSession session) {
        for (int number = 0; number < attributes; number++) {
            session.setAttribute(name(number), value(number));
        }
        List<Integer> recent = new ArrayList<>();
        recent.add(0);
        session.setAttribute(RECENT, recent);
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

    /** Adds the next number to a list in the session, which keeps the last few; sets nothing. */
    void append(HttpSession session) {
        List<Integer> recent = recent(session);
        synchronized (recent) {
            recent.add(last(recent) + 1);
            if (recent.size() > MOST_RECENT) {
                recent.remove(0);
            }
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
        List<Integer> recent = recent(session);
        synchronized (recent) {
            return last(recent);
        }
    }

    /** How many times {@link #count} has been done so that it is still seen. */
    int counted(HttpSession session) {
        return ((AtomicInteger) present(session, COUNT)).get();
    }

    @SuppressWarnings("unchecked") // by fill
    private static List<Integer> recent(HttpSession session) {
        return (List<Integer>) present(session, RECENT);
    }

    private static int last(List<Integer> recent) {
        return recent.get(recent.size() - 1);
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
