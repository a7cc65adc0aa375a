package com.example.workload;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpSession;

/** One request's work on its session. */
final class Visit {
    /** An application that wants two attributes to belong together has to keep its own threads apart. */
    private static final Object PAIR_LOCK = new Object();

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final PrintWriter out;
    private final boolean putsAgain;
    private final boolean keepsWhatItGot;
    private final Map<String, Object> got = new HashMap<>();
    private HttpSession session;

    Visit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        this.request = request;
        this.response = response;
        this.out = response.getWriter();
        int habits = String.valueOf(request.getParameter("steps")).hashCode();
        this.putsAgain = habits % 2 == 0;
        this.keepsWhatItGot = habits / 2 % 2 == 0;
    }

    /** Looks for the session; whether there is one. */
    boolean begin(boolean create) {
        session = request.getSession(create);
        answer(session == null ? "none" : session.getId());
        return session != null;
    }

    void answer(String line) {
        out.print(line + "\n");
    }

    /** Whether the session still lives. */
    boolean perform(String step) throws IOException {
        String[] words = step.split(":", -1);
        try {
            answer(perform(words));
            return true;
        } catch (IllegalStateException ended) {
            answer("gone");
            return false;
        }
    }

    private String perform(String[] words) throws IOException {
        switch (words[0]) {
            case "create" -> fill();
            case "get" -> {
                return text(get(words[1]));
            }
            case "put" -> session.setAttribute(words[1], words[2]);
            case "clear" -> session.removeAttribute(words[1]);
            case "pair" -> putPair(words[1]);
            case "add" -> {
                return change(words[1], container -> add(container, words[2]));
            }
            case "drop" -> {
                return change(words[1], container -> drop(container, words[2]));
            }
            case "count" -> {
                return change(words[1], counter -> ((AtomicInteger) counter).incrementAndGet());
            }
            case "times" -> {
                return System.currentTimeMillis() + " " + session.getCreationTime() + " "
                        + session.getLastAccessedTime();
            }
            case "increment" -> session.setAttribute(words[1], (Integer) session.getAttribute(words[1]) + 1);
            case "rotate" -> request.changeSessionId();
            case "timeout" -> session.setMaxInactiveInterval(Integer.parseInt(words[1]));
            case "end" -> session.invalidate();
            case "flush" -> response.flushBuffer();
            case "hold" -> Holds.await(words[1]);
            case "pause" -> pause(Integer.parseInt(words[1]));
            default -> throw new IllegalArgumentException("unknown step " + words[0]);
        }
        return "ok";
    }

    private void fill() {
        session.setAttribute("list", new ArrayList<String>());
        session.setAttribute("set", new HashSet<String>());
        session.setAttribute("map", new HashMap<String, String>());
        session.setAttribute("counter", new AtomicInteger());
        session.setAttribute("tally", 0);
        session.setAttribute("badge", new Badge(session.getId()));
    }

    private void putPair(String value) {
        synchronized (PAIR_LOCK) {
            session.setAttribute("left", value);
            session.setAttribute("right", value);
        }
    }

    private Object get(String name) {
        Object value = session.getAttribute(name);
        got.put(name, value);
        return value;
    }

    /**
     * In place. Every other request tells the session, as many applications do; and every other one changes the object that it
     * has got before, if it has, without asking for it again.
     */
    private String change(String name, Consumer<Object> change) {
        Object before = keepsWhatItGot ? got.get(name) : null;
        Object value = before == null ? session.getAttribute(name) : before;
        if (value == null) {
            return "-";
        }
        change.accept(value);
        if (putsAgain) {
            session.setAttribute(name, value);
        }
        return "ok";
    }

    /** As an application does that asks a database. */
    private static void pause(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("unchecked")
    private static void add(Object container, String value) {
        synchronized (container) {
            if (container instanceof Map) {
                ((Map<String, String>) container).put(value, value);
            } else {
                ((Collection<String>) container).add(value);
            }
        }
    }

    private static void drop(Object container, String value) {
        synchronized (container) {
            if (container instanceof Map<?, ?> map) {
                map.remove(value);
            } else {
                ((Collection<?>) container).remove(value);
            }
        }
    }

    private static String text(Object value) {
        if (value == null) {
            return "-";
        }
        synchronized (value) {
            if (value instanceof Map<?, ?> map) {
                return text(map.keySet());
            }
            if (value instanceof List<?> || value instanceof Set<?>) {
                return ((Collection<?>) value)
                        .stream().map(Object::toString).collect(Collectors.joining(" ", "[", "]"));
            }
            return value.toString();
        }
    }
}
