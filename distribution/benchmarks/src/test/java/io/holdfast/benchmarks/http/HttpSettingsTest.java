package io.holdfast.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {
    @Test
    void of_nothing_comparesEverythingWith16Clients() {
        HttpSettings settings = HttpSettings.of();

        assertThat(settings.candidates()).containsExactly(Candidate.values());
        assertThat(settings.requests()).containsExactly(RequestKind.values());
        assertThat(settings.loads()).containsExactly(new Load(16, 200, 10, 200, Routing.ROUND_ROBIN));
        assertThat(settings.schedule()).isEqualTo(Schedule.THOROUGH);
    }

    @Test
    void of_quick_comparesAFewInFiveMinutes() {
        HttpSettings quick = HttpSettings.of("--quick");

        assertThat(quick.candidates()).containsExactly(Candidate.MEMORY, Candidate.HOLDFAST, Candidate.REDISSON);
        assertThat(quick.requests()).containsExactly(RequestKind.READ, RequestKind.WRITE, RequestKind.APPEND);
        Schedule schedule = quick.schedule();
        int starts = schedule.rounds() * quick.candidates().size();
        int measurements = starts * quick.requests().size();
        // What is left of five minutes is for building, starting and stopping.
        assertThat(starts * schedule.settleSeconds()
                        + measurements * (schedule.warmUpSeconds() + schedule.measureSeconds()))
                .isLessThan(200);
    }

    @Test
    void of_quickAndNames_comparesThese() {
        HttpSettings settings = HttpSettings.of("--quick", "--candidates", "jetty-holdfast", "--requests", "login");

        assertThat(settings.candidates()).containsExactly(Candidate.JETTY_HOLDFAST);
        assertThat(settings.requests()).containsExactly(RequestKind.LOGIN);
        assertThat(settings.schedule()).isEqualTo(Schedule.QUICK);
    }

    @Test
    void without_whatIsLeftOut_keepsTheOthersInOrder() {
        HttpSettings settings = HttpSettings.of("--candidates", "jdbc-postgresql,jetty-memory,holdfast");

        assertThat(settings.without(Map.of(Candidate.JDBC_POSTGRESQL, "no server"))
                        .candidates())
                .containsExactly(Candidate.JETTY_MEMORY, Candidate.HOLDFAST);
    }

    @Test
    void without_all_saysWhy() {
        HttpSettings settings = HttpSettings.of("--candidates", "jdbc-postgresql");

        assertThatThrownBy(() -> settings.without(Map.of(Candidate.JDBC_POSTGRESQL, "no server")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("--candidates", "jdbc-postgresql, no server");
    }

    @Test
    void candidatesByContainer_areThoseThatAreComparedWithEachOther() {
        HttpSettings settings = HttpSettings.of("--candidates", "jetty-memory,holdfast,memory");

        assertThat(settings.candidatesByContainer())
                .containsExactly(List.of(Candidate.HOLDFAST, Candidate.MEMORY), List.of(Candidate.JETTY_MEMORY));
    }

    @Test
    void of_allArguments_takesThem() {
        HttpSettings settings = HttpSettings.of(
                ("--candidates holdfast,redisson-memory --requests read,write5 --clients 64 --sessions 1 --sizes 50x1024"
                                + " --routing sticky --rounds 5 --seconds 7 --quick")
                        .split(" ", -1));

        assertThat(settings.candidates()).containsExactly(Candidate.HOLDFAST, Candidate.REDISSON_MEMORY);
        assertThat(settings.requests()).containsExactly(RequestKind.READ, RequestKind.WRITE5);
        assertThat(settings.loads()).containsExactly(new Load(64, 1, 50, 1_024, Routing.STICKY));
        assertThat(settings.schedule()).isEqualTo(new Schedule(5, 25, 10, 7));
    }

    @Test
    void of_severalValues_hasEveryCombination() {
        HttpSettings settings = HttpSettings.of(
                "--clients", "1,64", "--sessions", "200,1", "--sizes", "10x200,400x1000", "--routing", "sticky");

        assertThat(settings.loads())
                .containsExactlyInAnyOrder(
                        new Load(1, 200, 10, 200, Routing.STICKY),
                        new Load(64, 200, 10, 200, Routing.STICKY),
                        new Load(1, 1, 10, 200, Routing.STICKY),
                        new Load(64, 1, 10, 200, Routing.STICKY),
                        new Load(1, 200, 400, 1_000, Routing.STICKY),
                        new Load(64, 200, 400, 1_000, Routing.STICKY),
                        new Load(1, 1, 400, 1_000, Routing.STICKY),
                        new Load(64, 1, 400, 1_000, Routing.STICKY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--fast",
                "--candidates",
                "--candidates hazelcast",
                "--requests reed",
                "--clients 3",
                "--clients 0",
                "--sessions many",
                "--clients 1,3",
                "--sizes 4x200",
                "--sizes 10x15",
                "--sizes 10",
                "--sizes 10x",
                "--routing random",
                "--seconds 601",
                "--seconds soon",
                "--rounds 99999999999",
                "--sizes 10x200x3",
                "--sizes 10000x1000000"
            })
    void of_whatCannotBe_saysWhatCan_andNamesTheArgument(String arguments) {
        String[] words = arguments.split(" ");

        assertThatThrownBy(() -> HttpSettings.of(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("arguments:")
                .message()
                .satisfies(message ->
                        assertThat(message.lines().findFirst().orElseThrow()).containsAnyOf(words));
    }
}
