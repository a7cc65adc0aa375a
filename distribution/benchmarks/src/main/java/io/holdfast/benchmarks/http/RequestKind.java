package io.holdfast.benchmarks.http;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What clients ask for during one measurement. */
enum RequestKind {
    NONE("no session", null, List.of(Step.without("leave"))),
    UNTOUCHED("session not touched", null, List.of(Step.with("leave"))),
    READ("read 1", null, List.of(Step.with("read"))),
    WRITE("write 1", null, List.of(Step.with("write"))),
    WRITE5("write 5", null, List.of(Step.with("write5"))),
    APPEND("add in place", "appended", List.of(Step.with("append"))),
    COUNT("count and set", "counted", List.of(Step.with("count"))),
    CREATE("create and end", null, List.of(Step.own("end"))),
    LOGIN("login", null, List.of(Step.own("login"))),
    MIXED("mixed: 70 % read 1, 20 % write 1, 5 % add in place, 5 % no session", null, Step.mixed());

    private final String title;
    private final @Nullable String updatesFound;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Step> steps;

    RequestKind(String title, @Nullable String updatesFound, List<Step> steps) {
        this.title = title;
        this.updatesFound = updatesFound;
        this.steps = steps;
    }

    static RequestKind of(String option) {
        return Stream.of(values())
                .filter(kind -> kind.option().equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(option + " is no kind of request"));
    }

    /** For tables. */
    String title() {
        return title;
    }

    /** For the beginning of a line. */
    String capitalizedTitle() {
        return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
    }

    /** For the command line, for JSON and for names of files. */
    @JsonValue
    String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Which request tells how many of these updates a session has kept; null where that cannot be told. */
    @Nullable
    String updatesFound() {
        return updatesFound;
    }

    /** Whether clients ask for sessions that no other request uses at the time, and go on with the cookies that answers set. */
    boolean ownSessions() {
        return steps.stream().anyMatch(step -> step.session() == Session.OWN);
    }

    /**
     * How many sessions of their own the clients have at the beginning, as an even number. For a login there is always one that no
     * request uses; those that are only to be ended are created meanwhile.
     */
    int ownSessionsAtFirst(Load load) {
        return this == LOGIN ? Math.max(load.sessions(), 2 * load.clients()) : 0;
    }

    /** What a client asks for in turn, and then again from the first. */
    List<Step> steps() {
        return steps;
    }

    /** Whose cookie a request brings. */
    enum Session {
        /** None. */
        NONE,
        /** That of the session whose turn it is, which other requests may use at the same time. */
        ANY,
        /** That of one that no other request uses at the time. Where there is none, the request creates one instead. */
        OWN
    }

    /**
     * One request.
     *
     * @param session whose cookie it brings
     * @param name what the application is to do
     */
    record Step(Session session, String name) {
        static Step with(String name) {
            return new Step(Session.ANY, name);
        }

        static Step without(String name) {
            return new Step(Session.NONE, name);
        }

        static Step own(String name) {
            return new Step(Session.OWN, name);
        }

        /** 14, 4, 1 and 1 of 20, well mixed. */
        static List<Step> mixed() {
            List<Step> steps = new ArrayList<>(Collections.nCopies(20, with("read")));
            for (int write : new int[] {2, 8, 14, 18}) {
                steps.set(write, with("write"));
            }
            steps.set(6, with("append"));
            steps.set(12, without("leave"));
            return List.copyOf(steps);
        }
    }
}
