package io.holdfast.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.benchmarks.Machine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpChartsTest {
    private static final HttpSettings SETTINGS =
            HttpSettings.of("--candidates", "holdfast,redisson", "--requests", "append", "--rounds", "2");

    private static final List<Measurement> MEASUREMENTS = List.of(
            Sample.of(Candidate.HOLDFAST, RequestKind.APPEND, 1, 10_000),
            Sample.of(Candidate.REDISSON, RequestKind.APPEND, 1, 3_000, 1, 2_999),
            Sample.of(Candidate.HOLDFAST, RequestKind.APPEND, 2, 12_000),
            Sample.of(Candidate.REDISSON, RequestKind.APPEND, 2, 3_000, 1, 2_999));

    @Test
    void requestsPerSecond_hasABarForEachCandidate_andSaysWhatItGotWrong() {
        BarChart chart = new HttpCharts(results(SETTINGS, 0.1)).requestsPerSecond(RequestKind.APPEND);

        assertThat(chart.title()).isEqualTo("Add in place: requests/s");
        assertThat(chart.bars())
                .containsExactly(
                        new BarChart.Bar("Holdfast", new Spread(11_000, 10_000, 12_000), "11,000", true),
                        new BarChart.Bar(
                                "Redisson",
                                new Spread(3_000, 3_000, 3_000),
                                "3,000; 2 errors; 5,998 updates lost",
                                false));
    }

    @Test
    void p99_isInMilliseconds() {
        BarChart chart = new HttpCharts(results(SETTINGS, 0.1)).p99(RequestKind.APPEND);

        assertThat(chart.bars().get(0))
                .isEqualTo(new BarChart.Bar("Holdfast", new Spread(9.77, 9.77, 9.77), "9.77", true));
    }

    @Test
    void charts_nameWhatTheFiguresDependOn() {
        BarChart quiet = new HttpCharts(results(SETTINGS, 0.1)).p99(RequestKind.APPEND);
        BarChart busy = new HttpCharts(results(SETTINGS, 1.3)).p99(RequestKind.APPEND);

        assertThat(quiet.notes()).first().isEqualTo(Load.DEFAULT.title());
        assertThat(quiet.warning()).isEmpty();
        assertThat(busy.warning()).contains("1.3 processors", "say nothing");
    }

    @Test
    void of_severalLoads_hasChartsOfEach() {
        HttpSettings settings = HttpSettings.of(
                "--candidates", "holdfast", "--requests", "append,read", "--rounds", "1", "--clients", "16,64");
        List<Measurement> measurements = settings.loads().stream()
                .flatMap(load -> settings.requests().stream()
                        .map(kind -> Sample.of(Candidate.HOLDFAST, kind, load, 100L * load.clients())))
                .toList();

        Map<String, String> charts = HttpCharts.of(new HttpResults(conditions(0.1), settings, Map.of(), measurements));

        assertThat(charts)
                .hasSize(8)
                .hasEntrySatisfying(
                        "16-clients-200-sessions-10x200-round-robin-append-requests.svg",
                        svg -> assertThat(svg).contains("1,600"))
                .hasEntrySatisfying(
                        "64-clients-200-sessions-10x200-round-robin-append-requests.svg",
                        svg -> assertThat(svg).contains("6,400"))
                .containsKey("64-clients-200-sessions-10x200-round-robin-read-p99.svg");
    }

    private static HttpResults results(HttpSettings settings, double othersBusy) {
        return new HttpResults(conditions(othersBusy), settings, Map.of(), MEASUREMENTS);
    }

    private static Conditions conditions(double othersBusy) {
        return new Conditions(
                "2026-01-01T00:00:00Z", "abc1234", new Machine("A JVM", "A Processor", 2), othersBusy, Map.of());
    }
}
