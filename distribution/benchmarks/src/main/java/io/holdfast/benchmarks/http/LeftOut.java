package io.holdfast.benchmarks.http;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Candidates that need what this machine does not have. */
final class LeftOut {
    private LeftOut() {}

    /** Those among these, with the reason. */
    static Map<Candidate, String> of(Collection<Candidate> candidates) {
        Map<Candidate, String> leftOut = new EnumMap<>(Candidate.class);
        for (Candidate candidate : candidates) {
            @Nullable String missing = candidate.store().missing();
            if (missing != null) {
                leftOut.put(candidate, missing);
            }
        }
        return leftOut;
    }
}
