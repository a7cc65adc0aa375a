package io.holdfast.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {
    @Test
    void of_nothing_comparesEverythingWith16Clients() {
        HttpSettings settings = HttpSettings.of();

        assertThat(settings.candidates()).containsExactly(Candidate.values());
        assertThat(settings.requests()).containsExactly(RequestKind.values());
        assertThat(settings.clients()).isEqualTo(16);
    }

    @Test
    void of_quick_comparesEverythingForAShortTime() {
        HttpSettings quick = HttpSettings.of("--quick");

        assertThat(quick.candidates()).containsExactly(Candidate.values());
        assertThat(quick.requests()).containsExactly(RequestKind.values());
        int starts = quick.rounds() * quick.candidates().size();
        int measurements = starts * quick.requests().size();
        // What is left of five minutes is for building, starting and stopping.
        assertThat(starts * quick.settleSeconds() + measurements * (quick.warmUpSeconds() + quick.measureSeconds()))
                .isLessThan(120);
    }

    @Test
    void of_allArguments_takesThem() {
        HttpSettings settings = HttpSettings.of(
                "--candidates",
                "holdfast,redisson-memory",
                "--requests",
                "read,write5",
                "--clients",
                "64",
                "--sessions",
                "1",
                "--rounds",
                "5",
                "--seconds",
                "7",
                "--quick");

        assertThat(settings.candidates()).containsExactly(Candidate.HOLDFAST, Candidate.REDISSON_MEMORY);
        assertThat(settings.requests()).containsExactly(RequestKind.READ, RequestKind.WRITE5);
        assertThat(settings.clients()).isEqualTo(64);
        assertThat(settings.sessions()).isEqualTo(1);
        assertThat(settings.rounds()).isEqualTo(5);
        assertThat(settings.measureSeconds()).isEqualTo(7);
        assertThat(settings.warmUpSeconds()).isZero();
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
                "--seconds 601"
            })
    void of_whatCannotBe_saysWhatCan(String arguments) {
        assertThatThrownBy(() -> HttpSettings.of(arguments.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("arguments:");
    }
}
