package io.holdfast.acceptance.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.acceptance.TomcatLine;
import io.holdfast.consistency.checker.Kind;
import io.holdfast.localredis.Tamper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Like {@link SeededFaultsTest}, on nodes that fetch only what is newer than their copies, and so trust what others have noted. */
class SeededNoteFaultTest {
    private static final RunSettings SHORT = new RunSettings(2_000, 1, false, 2, "merge");

    @Test
    void noteThatLacksWhatACommitWrote_isFound_asStaleReads() {
        Map<String, String> promises = new HashMap<>(SHORT.promises());
        promises.put("largeSessionBytes", "0");
        try (WorkNodes nodes =
                new WorkNodes(List.of(TomcatLine.TOMCAT_10_1, TomcatLine.TOMCAT_11_0), true, SHORT, promises)) {
            assertThat(run(nodes, SeededFault.slowNetwork()).findings()).isEmpty();

            Figures figures = run(nodes, SeededFault.noteLacksFields());

            assertThat(figures.count(Kind.STALE_READ)).as(figures.text()).isPositive();
        }
    }

    private static Figures run(WorkNodes nodes, Tamper fault) {
        nodes.all().forEach(node -> node.proxy().tamper(fault));
        return Report.of(nodes, SHORT, Duration.ofSeconds(5), Path.of("target", "consistency", "seeded-note"))
                .figures();
    }
}
