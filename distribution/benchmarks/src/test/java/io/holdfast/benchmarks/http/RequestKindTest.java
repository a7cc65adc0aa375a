package io.holdfast.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestKindTest {
    @Test
    void mixed_hasTheSharesThatItsTitleNames() {
        List<RequestKind.Step> steps = RequestKind.MIXED.steps();

        assertThat(steps).hasSize(20);
        assertThat(Collections.frequency(steps, RequestKind.Step.with("read"))).isEqualTo(14);
        assertThat(Collections.frequency(steps, RequestKind.Step.with("write"))).isEqualTo(4);
        assertThat(Collections.frequency(steps, RequestKind.Step.with("append")))
                .isEqualTo(1);
        assertThat(Collections.frequency(steps, RequestKind.Step.without("leave")))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(RequestKind.class)
    void of_itsOption_isItself(RequestKind kind) {
        assertThat(RequestKind.of(kind.option())).isEqualTo(kind);
    }

    @ParameterizedTest
    @EnumSource(Candidate.class)
    void of_itsOption_isItself(Candidate candidate) {
        assertThat(Candidate.of(candidate.option())).isEqualTo(candidate);
    }
}
