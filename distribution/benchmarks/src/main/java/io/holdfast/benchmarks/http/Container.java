package io.holdfast.benchmarks.http;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A servlet container; candidates in the same one are compared with each other. */
enum Container {
    TOMCAT("Tomcat 10.1"),
    JETTY("Jetty 12.1");

    private final String title;

    Container(String title) {
        this.title = title;
    }

    /** For tables. */
    String title() {
        return title;
    }

    /** For JSON. */
    @JsonValue
    String option() {
        return name().toLowerCase(Locale.ROOT);
    }
}
