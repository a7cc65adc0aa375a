package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Cluster;
import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Figures for operators are attributes of the manager's MBean. */
class FiguresTest {
    private static final List<String> FIGURES = List.of(
            "sessionsInUse",
            "localCopyBytes",
            "commits",
            "commitRetries",
            "mostCommitRetries",
            "conflicts",
            "conflictsByAttribute",
            "mergedConflicts",
            "overwrittenConflicts",
            "droppedConflicts",
            "failedConflicts",
            "droppedCommits",
            "failedCommits",
            "exclusiveWaits",
            "exclusiveTimeouts",
            "lostLeases",
            "unreadableAttributes",
            "unstoredAttributes",
            "failedOperations",
            "redisOutages");

    @Test
    void figures_canBeReadThroughJmx() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try (Cluster cluster = Cluster.start()) {
            // of two nodes in one JVM, the one that started last has the name
            ObjectName manager = TomcatNode.of(cluster.b()).manager().getObjectName();
            for (String figure : FIGURES) {
                String none = figure.equals("conflictsByAttribute") ? "{}" : "0";
                assertThat(server.getAttribute(manager, figure)).as(figure).hasToString(none);
            }

            new Client().text(cluster.b(), "/set?name=user&value=ada");

            assertThat(server.getAttribute(manager, "commits")).isEqualTo(1L);
        }
    }
}
