package io.holdfast.consistency.checker;

import io.holdfast.consistency.history.Call;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two attributes that are only ever set together are seen together. Who looks while they are being set may be in between,
 * since all requests of a node share one session object, as on any Tomcat.
 */
final class PairRule {
    private final @Nullable AttributeHistory left;
    private final @Nullable AttributeHistory right;

    PairRule(@Nullable AttributeHistory left, @Nullable AttributeHistory right) {
        this.left = left;
        this.right = right;
    }

    List<Finding> check() {
        List<Finding> findings = new ArrayList<>();
        if (left == null || right == null) {
            return findings;
        }
        for (Read one : left.reads()) {
            for (Read other : right.reads()) {
                if (one.call().is(other.call()) && !one.seen().equals(other.seen()) && left.isQuiet(one)) {
                    findings.add(torn(one, other));
                }
            }
        }
        return findings;
    }

    private Finding torn(Read one, Read other) {
        List<Call> evidence = new ArrayList<>();
        evidence.add(one.call());
        if (left != null) {
            left.writes().stream()
                    .filter(write ->
                            write.value().equals(one.seen()) || write.value().equals(other.seen()))
                    .forEach(write -> evidence.add(write.call()));
        }
        return Finding.of(
                Kind.TORN_COMMIT,
                "#" + one.call().number() + " saw left=" + one.seen() + " and right=" + other.seen()
                        + ", which are always set together",
                evidence);
    }
}
