package io.holdfast.benchmarks.heap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.holdfast.benchmarks.http.Conditions;
import java.util.List;

/**
 * What was found.
 *
 * @param sessions on each node
 * @param inMemory with Tomcat's own manager, one for each number of a state
 * @param holdfast with Holdfast
 * @param crowded Holdfast's node again, once it has created {@link #CROWD} more: more than before there were sessions, in all
 */
record HeapFigures(
        Conditions conditions, int sessions, List<State> inMemory, List<State> holdfast, ClassHistogram crowded) {
    /** More than a node keeps copies of. */
    static final int CROWD = 12_000;

    static final int CREATED = 0;
    static final int ONE_READ = 1;
    static final int ALL_READ = 2;

    HeapFigures {
        inMemory = List.copyOf(inMemory);
        holdfast = List.copyOf(holdfast);
    }

    /**
     * The heap behind one thing that was done with all sessions.
     *
     * @param title what was done
     * @param number of the state of Tomcat's own manager that it is to be compared with
     * @param more than before there were sessions, in all
     */
    record State(String title, int number, ClassHistogram more) {}

    double perSession(State state) {
        return (double) state.more().total() / sessions;
    }

    /** For programs. */
    String json() {
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result cannot be written", e);
        }
    }
}
