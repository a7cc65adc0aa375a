package io.holdfast.acceptance.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Three whole Tomcats of three lines, a Jetty, one Redis, and visitors who do everything at once: nothing is lost, nothing comes
 * back, and every session ends once. System properties make it longer and rougher; see {@code docs/consistency.md}.
 */
class ConsistencyTest {
    private static final Duration TELLING_TIME = Duration.ofSeconds(30);

    @Test
    @Timeout(value = 12, unit = TimeUnit.HOURS) // as long as it is told to take; every wait in it is bounded
    void visitorsWhoDoEverythingAtOnce_loseNothing() {
        RunSettings settings = RunSettings.fromProperties();
        try (WorkNodes nodes = new WorkNodes(settings.lines(), settings.faults(), settings)) {
            Report report = Report.of(nodes, settings, TELLING_TIME, settings.folder());
            System.out.println(report);
            assertThat(report.figures().findings())
                    .as(() -> report.settings() + "\n" + report.figures().excerpt() + "\n")
                    .isEmpty();
        }
    }
}
