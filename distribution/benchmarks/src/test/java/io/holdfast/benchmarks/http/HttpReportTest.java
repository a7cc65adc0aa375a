package io.holdfast.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.benchmarks.Machine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpReportTest {
    private static final HttpSettings SETTINGS =
            HttpSettings.of("--candidates", "holdfast,redisson", "--requests", "read,append", "--rounds", "2");

    private static final List<Measurement> MEASUREMENTS = List.of(
            Sample.of(Candidate.HOLDFAST, RequestKind.READ, 1, 10_000),
            Sample.of(Candidate.HOLDFAST, RequestKind.APPEND, 1, 6_000),
            Sample.of(Candidate.REDISSON, RequestKind.READ, 1, 2_000),
            Sample.of(Candidate.REDISSON, RequestKind.APPEND, 1, 3_000, 1, 2_999),
            Sample.of(Candidate.HOLDFAST, RequestKind.READ, 2, 12_000),
            Sample.of(Candidate.HOLDFAST, RequestKind.APPEND, 2, 6_000),
            Sample.of(Candidate.REDISSON, RequestKind.READ, 2, 2_000),
            Sample.of(Candidate.REDISSON, RequestKind.APPEND, 2, 3_000, 1, 2_999));

    @Test
    void markdown_hasATableForEachKindOfRequests() {
        assertThat(markdown(0.1))
                .contains("""
                        ### Read 1

                        """)
                .contains(
                        "| Holdfast | 11,000 (10,000–12,000) |  | 0.75 | 9.77 | 20.10 | 25.0 | 3 % | 12.3 | 7.0 | 3.00 | 2.00 | 300 | 0 |  |")
                .contains(
                        "| Redisson | 2,000 (2,000–2,000) | 5.50 × (5.00–6.00) | 0.75 | 9.77 | 20.10 | 25.0 | 3 % | 12.3 | 7.0 | 3.00 | 2.00 | 300 | 0 |  |")
                .contains("### Add in place")
                .contains("![p99, add in place](http-benchmark-charts/" + Load.DEFAULT.option() + "-append-p99.svg)")
                .contains("| **2** | **5,998** of 5,998 |");
    }

    @Test
    void markdown_ofTwoContainers_comparesWithinEach() {
        HttpSettings settings =
                HttpSettings.of("--candidates", "holdfast,jdbc-h2,jetty-jdbc-h2,jetty-holdfast", "--requests", "read");
        List<Measurement> measurements = List.of(
                Sample.of(Candidate.HOLDFAST, RequestKind.READ, 1, 10_000),
                Sample.of(Candidate.JDBC_H2, RequestKind.READ, 1, 2_000),
                Sample.of(Candidate.JETTY_JDBC_H2, RequestKind.READ, 1, 1_000),
                Sample.of(Candidate.JETTY_HOLDFAST, RequestKind.READ, 1, 9_000));

        String markdown = new HttpReport(new HttpResults(conditions(0.1), settings, Map.of(), measurements)).markdown();

        // Of a database, its processor time only.
        assertThat(markdown.substring(markdown.indexOf("### Read 1")))
                .containsSubsequence(
                        "| Tomcat 10.1 | requests/s |",
                        "| Holdfast | 10,000",
                        "| PersistentManager, H2 | 2,000 (2,000–2,000) | 5.00 × (5.00–5.00) | 0.75 | 9.77 | 20.10 | 25.0 | 3 % | 12.3 | 11.0 |  |  |  | 0 |  |",
                        "\n\n| Jetty 12.1 | requests/s |",
                        "| Jetty's JDBC store, H2 | 1,000 (1,000–1,000) | 9.00 ×",
                        "| Holdfast on Jetty | 9,000");
    }

    @Test
    void markdown_ofOneClient_tellsHowLongATripTakes() {
        HttpSettings settings = HttpSettings.of("--candidates", "holdfast", "--requests", "read", "--clients", "1,16");
        List<Measurement> measurements = settings.loads().stream()
                .map(load -> Sample.of(Candidate.HOLDFAST, RequestKind.READ, load, 1_000))
                .toList();

        assertThat(new HttpReport(new HttpResults(conditions(0.1), settings, Map.of(), measurements)).markdown())
                .containsOnlyOnce("A trip to Redis took 0.048 ms (0.048–0.048).");
    }

    @Test
    void markdown_withoutACandidate_saysWhy() {
        HttpResults results = new HttpResults(
                conditions(0.1), SETTINGS, Map.of(Candidate.JDBC_POSTGRESQL, "no server"), MEASUREMENTS);

        assertThat(new HttpReport(results).markdown())
                .contains("\nPersistentManager, PostgreSQL is left out: no server.\n");
        assertThat(results.json()).contains("\"jdbc-postgresql\" : \"no server\"");
    }

    @Test
    void markdown_namesWhatTheFiguresDependOn() {
        assertThat(markdown(0.1))
                .contains(
                        "abc1234",
                        "A Processor, 2 processors",
                        "A JVM",
                        "tomcat=10.1",
                        "## 16 clients, 200 sessions of 10 attributes of 200 bytes, round robin",
                        "2 round(s)")
                .doesNotContain("say nothing");
    }

    @Test
    void markdown_ofABusyMachine_saysThatTheFiguresSayNothing() {
        assertThat(markdown(1.3)).contains("1.3 processors", "say nothing");
    }

    @Test
    void json_hasEveryMeasurement() throws JsonProcessingException {
        JsonNode json = new ObjectMapper().readTree(results(0.1).json());

        assertThat(json.at("/conditions/machine/processor").asText()).isEqualTo("A Processor");
        assertThat(json.at("/settings/loads/0/clients").asInt()).isEqualTo(16);
        assertThat(json.at("/measurements").size()).isEqualTo(8);
        assertThat(json.at("/measurements/3/candidate").asText()).isEqualTo("redisson");
        assertThat(json.at("/measurements/3/kind").asText()).isEqualTo("append");
        assertThat(json.at("/measurements/3/load/routing").asText()).isEqualTo("round-robin");
        assertThat(json.at("/measurements/3/lostUpdates").asLong()).isEqualTo(2_999);
        assertThat(json.at("/measurements/3/wrk/requestsPerSecond").asDouble()).isEqualTo(3_000);
        assertThat(json.at("/measurements/3/containerAllocatedBytesPerRequest").asDouble())
                .isEqualTo(12_340);
        assertThat(json.at("/measurements/3/redisCommandsPerRequest").asDouble())
                .isEqualTo(3);
    }

    private static String markdown(double othersBusy) {
        return new HttpReport(results(othersBusy)).markdown();
    }

    private static HttpResults results(double othersBusy) {
        return new HttpResults(conditions(othersBusy), SETTINGS, Map.of(), MEASUREMENTS);
    }

    private static Conditions conditions(double othersBusy) {
        return new Conditions(
                "2026-01-01T00:00:00Z",
                "abc1234",
                new Machine("A JVM", "A Processor", 2),
                othersBusy,
                Map.of("tomcat", "10.1"));
    }
}
