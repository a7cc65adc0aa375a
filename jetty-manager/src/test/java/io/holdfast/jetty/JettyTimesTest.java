package io.holdfast.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JettyTimesTest {
    @Test
    void text_isReadAsItWasWritten() {
        JettyTimes times = new JettyTimes(6, 5, 4, 0, -1, 2, "node a", "an id with spaces");

        assertThat(times.text()).isEqualTo("1 6 5 4 0 -1 2 node_a an id with spaces");
        assertThat(JettyTimes.parse(times.text()))
                .isEqualTo(new JettyTimes(6, 5, 4, 0, -1, 2, "node_a", "an id with spaces"));
    }

    @Test
    void emptyNodeAndId_areReadAsEmpty() {
        JettyTimes times = new JettyTimes(6, 5, 4, 3, 2, 1, "", "");

        assertThat(JettyTimes.parse(times.text())).isEqualTo(times);
    }

    @Test
    void textOfANewerRelease_orOfAnotherKind_isNone() {
        assertThat(JettyTimes.parse("2 6 5 4 3 2 1  ")).isNull();
        assertThat(JettyTimes.parse("1 6 5 four 3 2 1  ")).isNull();
        assertThat(JettyTimes.parse(7)).isNull();
        assertThat(JettyTimes.parse(null)).isNull();
    }
}
