package io.holdfast.benchmarks.parts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.holdfast.benchmarks.http.Conditions;
import java.util.List;

/** All that is known of a run. */
record PartsResults(Conditions conditions, PartsSettings settings, List<StoreFigures> store, List<Median> inMemory) {
    PartsResults {
        store = List.copyOf(store);
        inMemory = List.copyOf(inMemory);
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
