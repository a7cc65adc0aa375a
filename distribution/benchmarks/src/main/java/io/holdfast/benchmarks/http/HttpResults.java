package io.holdfast.benchmarks.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.Map;

/**
 * All that is known of a run.
 *
 * @param settings whose candidates are those that were measured
 * @param leftOut candidates that cannot be measured on this machine, with the reason
 */
record HttpResults(
        Conditions conditions, HttpSettings settings, Map<Candidate, String> leftOut, List<Measurement> measurements) {

    /** Those of one load only. */
    HttpResults of(Load load) {
        return new HttpResults(
                conditions,
                new HttpSettings(settings.candidates(), settings.requests(), List.of(load), settings.schedule()),
                leftOut,
                measurements.stream()
                        .filter(measurement -> measurement.load().equals(load))
                        .toList());
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
