package io.holdfast.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
    private static final Measurements MEASUREMENTS = new Measurements(List.of(
            Sample.of(Candidate.HOLDFAST, RequestKind.READ, 1, 1_000),
            Sample.of(Candidate.REDISSON, RequestKind.READ, 1, 100),
            Sample.of(Candidate.HOLDFAST, RequestKind.READ, 2, 200),
            Sample.of(Candidate.REDISSON, RequestKind.READ, 2, 20),
            Sample.of(Candidate.HOLDFAST, RequestKind.WRITE, 1, 7),
            Sample.of(Candidate.HOLDFAST, RequestKind.READ, 3, 900),
            Sample.of(Candidate.REDISSON, RequestKind.READ, 3, 100)));

    @Test
    void ratio_whenTheMachineWasSlowForARound_comparesWithinRounds() {
        assertThat(MEASUREMENTS.ratio(Candidate.HOLDFAST, Candidate.REDISSON, RequestKind.READ))
                .isEqualTo(new Spread(10, 9, 10));
    }

    @Test
    void spread_isOfOneCandidateAndOneKindOfRequests() {
        assertThat(MEASUREMENTS.spread(
                        Candidate.HOLDFAST,
                        RequestKind.READ,
                        measurement -> measurement.wrk().requestsPerSecond()))
                .isEqualTo(new Spread(900, 200, 1_000));
    }

    @Test
    void figuresPerRequest_divideByWhatTheNodesServed() {
        Measurement measurement = Sample.of(Candidate.HOLDFAST, RequestKind.READ, 1, 10);

        assertThat(measurement.containerCpuMicrosPerRequest()).isEqualTo(25);
        assertThat(measurement.containerAllocatedBytesPerRequest()).isEqualTo(12_340);
        assertThat(measurement.compilingShare()).isEqualTo(0.03);
        assertThat(measurement.redisCpuMicrosPerRequest()).isEqualTo(7);
        assertThat(measurement.databaseCpuMicrosPerRequest()).isEqualTo(11);
        assertThat(measurement.redisCommandsPerRequest()).isEqualTo(3);
        assertThat(measurement.redisReadsPerRequest()).isEqualTo(2);
        assertThat(measurement.redisBytesPerRequest()).isEqualTo(300);
    }
}
