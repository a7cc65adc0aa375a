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

    @Test
    void ownSessionsAtFirst_ofLogin_areEnoughForAllClients() {
        assertThat(RequestKind.LOGIN.ownSessionsAtFirst(Load.DEFAULT)).isEqualTo(200);
        assertThat(RequestKind.LOGIN.ownSessionsAtFirst(
                        Load.DEFAULT.withSessions(1).withClients(1)))
                .isEqualTo(2);
        assertThat(RequestKind.CREATE.ownSessionsAtFirst(Load.DEFAULT)).isZero();
    }

    @ParameterizedTest
    @EnumSource(Routing.class)
    void of_itsOption_isItself(Routing routing) {
        assertThat(Routing.of(routing.option())).isEqualTo(routing);
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
