package io.holdfast.acceptance.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.acceptance.TomcatLine;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Three whole Tomcats of three lines, one Redis, and visitors who do everything at once: nothing is lost, nothing comes back,
 * and every session ends once. System properties make it longer and rougher; see {@code docs/consistency.md}.
 */
class ConsistencyTest {
    @Test
    @Timeout(value = 12, unit = TimeUnit.HOURS) // as long as it is told to take; every wait in it is bounded
    void visitorsWhoDoEverythingAtOnce_loseNothing() {
        RunSettings settings = RunSettings.fromProperties();
        try (WorkNodes nodes = new WorkNodes(List.of(TomcatLine.values()), settings.faults(), settings)) {
            Run run = new Run(nodes, settings);
            long start = System.nanoTime();
            Figures figures = run.run(List::of);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.println("[consistency] " + settings + " on Redis " + nodes.redisVersion() + "\n" + figures.text()
                    + String.format("  %-24s %.0f in %.1f s%n", "operations/s", figures.operations() / seconds, seconds)
                    + "  conflicts " + nodes.conflicts());
            assertThat(figures.findings())
                    .as(() -> "seed " + settings.seed() + "\n" + figures.excerpt())
                    .isEmpty();
        }
    }
}
