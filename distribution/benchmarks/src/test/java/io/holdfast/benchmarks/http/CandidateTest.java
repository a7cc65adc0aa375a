package io.holdfast.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CandidateTest {
    @ParameterizedTest
    @EnumSource(Candidate.class)
    void of_itsOption_isTheCandidate(Candidate candidate) {
        assertThat(Candidate.of(candidate.option())).isEqualTo(candidate);
    }

    @Test
    void titles_areDifferentAlsoFromContainerToContainer() {
        assertThat(Stream.of(Candidate.values()).map(Candidate::title)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void holdfastOn_eachContainer_runsThereAndSharesSessions(Container container) {
        Candidate holdfast = Candidate.holdfastOn(container);

        assertThat(holdfast.container()).isEqualTo(container);
        assertThat(holdfast.store()).isEqualTo(Store.REDIS);
    }

    @Test
    void shared_inMemory_isNot() {
        assertThat(Stream.of(Candidate.values()).filter(candidate -> !candidate.shared()))
                .containsExactly(Candidate.MEMORY, Candidate.JETTY_MEMORY);
    }

    @Test
    void leftOut_ofWhatAnyMachineHas_isNothing() {
        assertThat(LeftOut.of(List.of(Candidate.HOLDFAST, Candidate.JDBC_H2, Candidate.JETTY_MEMORY)))
                .isEmpty();
    }
}
