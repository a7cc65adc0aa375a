package io.holdfast.acceptance.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.acceptance.TomcatLine;
import io.holdfast.consistency.checker.Finding;
import io.holdfast.consistency.checker.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The run finds policies that are not applied, and requests that are not alone: the nodes are set to do nothing of that. */
class BrokenPromisesTest {
    private static final RunSettings SHORT = new RunSettings(5_000, 1, false, 2, "last-write-wins");
    private static final Path FOLDER = Path.of("target", "consistency", "broken-promises");

    @Test
    void promisesThatAreNotKept_areFound_asLostUpdates() {
        List<TomcatLine> lines = List.of(TomcatLine.TOMCAT_10_1, TomcatLine.TOMCAT_11_0);
        Map<String, String> nothing = Map.of("exclusive", "none", "conflictPolicy", "last-write-wins");
        try (WorkNodes nodes = new WorkNodes(lines, false, SHORT, nothing)) {
            List<Finding> findings = Report.of(nodes, SHORT, Duration.ofSeconds(30), FOLDER)
                    .figures()
                    .findings();
            assertThat(findings)
                    .anySatisfy(finding -> assertLost("strict", finding))
                    .anySatisfy(finding -> assertLost("first", finding))
                    .anySatisfy(finding -> assertLost("tally", finding))
                    .allSatisfy(finding -> assertThat(finding.text()).containsPattern(" saw (strict|first|tally)="));
        }
    }

    private static void assertLost(String attribute, Finding finding) {
        assertThat(finding.kind()).isEqualTo(Kind.LOST_UPDATE);
        assertThat(finding.text()).contains(" saw " + attribute + "=");
    }
}
