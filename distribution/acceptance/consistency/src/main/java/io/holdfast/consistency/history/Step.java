package io.holdfast.consistency.history;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One thing that a request does with its session.
 *
 * @param verb what
 * @param name of the attribute; of the place where a request is held; empty where there is none
 * @param value what is written, unique in its session; seconds of a time-out; milliseconds of a pause; empty where there is none
 */
public record Step(Verb verb, String name, String value) {
    /** What can be done with a session. */
    public enum Verb {
        /** Begins the session, with an empty list, set and map, and a counter and a number at zero. */
        CREATE,
        /** Reads an attribute. */
        GET,
        /** Sets an attribute. */
        PUT,
        /** Removes an attribute. */
        CLEAR,
        /** Sets the attributes {@code left} and {@code right} to the same value. */
        PAIR,
        /** Adds to a list, set or map, in place. */
        ADD,
        /** Takes out of a set or map, in place. */
        DROP,
        /** Adds one to a counter, in place. */
        COUNT,
        /** Reads a number and sets one more. What comes between is lost, so whoever does that has to be alone. */
        INCREMENT,
        /** Changes the session's id. */
        ROTATE,
        /** Changes the session's time-out. */
        TIMEOUT,
        /** Invalidates the session. */
        END,
        /** Sends what there is of the response; what follows is done behind that. */
        FLUSH,
        /** Waits until another request comes along and says go on. */
        HOLD,
        /** Takes so many milliseconds, in which others come and go. */
        PAUSE,
        /** Goes on in another thread. */
        ASYNC
    }

    /** A step that needs a name only. */
    public static Step of(Verb verb, String name) {
        return new Step(verb, name, "");
    }

    /** A step that needs nothing more. */
    public static Step of(Verb verb) {
        return new Step(verb, "", "");
    }

    /** As the application takes it. */
    @Override
    public String toString() {
        return List.of(verb.name().toLowerCase(Locale.ROOT), name, value).stream()
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(":"));
    }
}
