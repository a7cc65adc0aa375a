package io.holdfast.benchmarks.http;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.stream.Stream;

/** Which nodes serve a session. */
enum Routing {
    /** All in turn, as a balancer without affinity has it. */
    ROUND_ROBIN("round robin"),
    /** Always the same, as with a balancer that follows the cookie. */
    STICKY("sticky");

    private final String title;

    Routing(String title) {
        this.title = title;
    }

    static Routing of(String option) {
        return Stream.of(values())
                .filter(routing -> routing.option().equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(option + " is no routing"));
    }

    /** For tables. */
    String title() {
        return title;
    }

    /** For the command line, for JSON and for names of files. */
    @JsonValue
    String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
