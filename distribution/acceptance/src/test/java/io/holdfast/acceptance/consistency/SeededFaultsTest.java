package io.holdfast.acceptance.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.acceptance.TomcatLine;
import io.holdfast.consistency.checker.Finding;
import io.holdfast.consistency.checker.Kind;
import io.holdfast.consistency.history.Call;
import io.holdfast.localredis.Tamper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The run finds what it is there to find. The product is the one that ships; what breaks it is a proxy before Redis, which
 * makes of it the kind of session manager that people lose their carts with.
 */
class SeededFaultsTest {
    private static final RunSettings SHORT = new RunSettings(2_000, 1, false, 2, "merge");

    private static final Path FOLDER = Path.of("target", "consistency", "seeded");

    private static WorkNodes nodes;

    @BeforeAll
    static void start() {
        nodes = new WorkNodes(List.of(TomcatLine.TOMCAT_10_1, TomcatLine.TOMCAT_11_0), true, SHORT, SHORT.promises());
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void nothingBroken_nothingFound() {
        Figures figures = run(SeededFault.slowNetwork());
        assertThat(figures.findings()).isEmpty();
    }

    @Test
    void noWatch_isFound_asLostUpdates() {
        assertFound(SeededFault.noWatch(), Kind.LOST_UPDATE);
    }

    @Test
    void whatIsFound_isExplained_byAllThatHappenedInItsSession() throws IOException {
        Figures figures = run(SeededFault.noWatch());
        Finding finding = figures.findings().get(0);
        List<Call> evidence = finding.evidence();
        String session = Call.record(evidence.get(evidence.size() - 1).presented());
        Path file = FOLDER.resolve(session + ".txt").toAbsolutePath();

        assertThat(figures.excerpt()).contains("the whole session: " + file);
        assertThat(file).content().contains(finding.text(), "  create put:");
        String history = Files.readString(file);
        assertThat(evidence)
                .allSatisfy(call -> assertThat(history)
                        .contains("#" + call.number() + " sent to " + call.node(), "#" + call.number() + " ->  "));
        assertThat(FOLDER.resolve("report.txt")).content().contains("lost updates");
    }

    private static String everythingWritten() throws IOException {
        StringBuilder text = new StringBuilder();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(FOLDER)) {
            for (Path file : files) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    @Test
    void blindCreate_isFound_asSessionsThatComeBack() {
        assertFound(SeededFault.blindCreate(), Kind.RESURRECTED_SESSION);
    }

    @Test
    void readThatCountsAsWrite_isFound_asLostUpdates() {
        assertFound(SeededFault.readCountsAsWrite(nodes.redis().uri()), Kind.LOST_UPDATE, Kind.RESURRECTED_VALUE);
    }

    @Test
    void halfCommit_isFound_asTornCommits() {
        assertFound(SeededFault.halfCommit(), Kind.TORN_COMMIT);
    }

    @Test
    void noEnd_isFound_asSessionsThatComeBackAndEndTwice() {
        assertFound(SeededFault.noEnd(), Kind.RESURRECTED_SESSION, Kind.DOUBLE_END);
    }

    @Test
    void timeToLiveAlone_isFound_asEndsThatAreMissing() {
        assertOnly(Kind.MISSING_END, run(SeededFault.timeToLiveAlone()));
    }

    @Test
    void toldEndsThatAreForgotten_areFound_asEndsOnTwoNodes() throws IOException {
        Figures figures = run(SeededFault.toldEndsAreForgotten());
        assertOnly(Kind.DOUBLE_END, figures);
        assertThat(figures.findings())
                .anySatisfy(finding -> assertThat(finding.text()).contains("DESTROYED on a", "DESTROYED on b"));
        assertThat(everythingWritten()).contains("DESTROYED heard on a", "DESTROYED heard on b");
    }

    @Test
    void lostAnswerTakenForRefusal_isFound_asUpdatesThatAreRepeated() {
        assertOnly(Kind.REPEATED_UPDATE, run(SeededFault.lostAnswerIsRefusal()));
    }

    @Test
    void laggingReplica_isFound_asStaleReads() {
        assertFound(SeededFault.laggingReplica(), Kind.STALE_READ);
    }

    @Test
    void failureTakenForAbsence_isFound_asWrongLogouts() {
        assertFound(SeededFault.failureIsAbsence(), Kind.WRONG_LOGOUT);
    }

    private static void assertFound(Tamper fault, Kind... kinds) {
        Figures figures = run(fault);
        assertThat(kinds)
                .as(figures.text())
                .allSatisfy(kind -> assertThat(figures.count(kind)).isPositive());
    }

    private static void assertOnly(Kind kind, Figures figures) {
        assertThat(figures.findings())
                .as(figures.text())
                .extracting(Finding::kind)
                .containsOnly(kind);
    }

    private static Figures run(Tamper fault) {
        nodes.all().forEach(node -> node.proxy().tamper(fault));
        try {
            return Report.of(nodes, SHORT, Duration.ofSeconds(5), FOLDER).figures();
        } finally {
            nodes.all().forEach(node -> node.proxy().tamper(null));
        }
    }
}
