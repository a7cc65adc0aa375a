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

    /** For the command line and for JSON. */
    @JsonValue
    String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Which request tells how many of these updates a session has kept; null where that cannot be told. */
    @Nullable
    String updatesFound() {
        return updatesFound;
    }

    /** What a client asks for in turn, and then again from the first. */
    List<Step> steps() {
        return steps;
    }

    /**
     * One request.
     *
     * @param withSession whether it brings the cookie of a session
     * @param name what the application is to do
     */
    record Step(boolean withSession, String name) {
        static Step with(String name) {
            return new Step(true, name);
        }

        static Step without(String name) {
            return new Step(false, name);
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
