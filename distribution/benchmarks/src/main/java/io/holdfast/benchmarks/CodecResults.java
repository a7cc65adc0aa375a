package io.holdfast.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.holdfast.benchmarks.http.Conditions;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;

/** All that is known of a run of {@link CodecBenchmark}. */
record CodecResults(Conditions conditions, RunSettings settings, List<Figure> figures) {
    /** How long one operation on one value takes with one encoding. */
    record Figure(String operation, String payload, String encoding, Timing micros) {
        static Figure of(RunResult result) {
            String benchmark = result.getParams().getBenchmark();
            return new Figure(
                    benchmark.substring(benchmark.lastIndexOf('.') + 1),
                    result.getParams().getParam("payload"),
                    result.getParams().getParam("encoding"),
                    Timing.of(result));
        }
    }

    CodecResults {
        figures = List.copyOf(figures);
    }

    static CodecResults of(Conditions conditions, RunSettings settings, Collection<RunResult> results) {
        return new CodecResults(
                conditions, settings, results.stream().map(Figure::of).toList());
    }

    Timing timing(String operation, String payload, Encoding encoding) {
        return figures.stream()
                .filter(figure -> figure.operation().equals(operation)
                        && figure.payload().equals(payload)
                        && figure.encoding().equals(encoding.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "not measured: " + operation + " of " + payload + " with " + encoding))
                .micros();
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
