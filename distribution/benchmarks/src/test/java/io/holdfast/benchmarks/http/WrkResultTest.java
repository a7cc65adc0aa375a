package io.holdfast.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WrkResultTest {
    private static final String PRINTED = """
            Running 1s test @ http://127.0.0.1:40113/
              2 threads and 16 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     1.20ms    2.05ms  31.31ms   94.97%
            Requests/sec:  20418.46
            result requests=20621 micros=1009919 connect=1 read=2 write=3 timeout=4 status=5 p50=750 p99=9770 p999=20100
            """;

    @Test
    void parse_ofWhatTheScriptPrints_findsAllFigures() {
        WrkResult result = WrkResult.parse(PRINTED);

        assertThat(result).isEqualTo(new WrkResult(20_621, 1_009_919, 5, 10, 750, 9_770, 20_100));
        assertThat(result.errors()).isEqualTo(15);
        assertThat(result.requestsPerSecond()).isCloseTo(20_418.5, within(0.1));
    }

    @Test
    void parse_ofOutputWithoutResult_showsTheOutput() {
        assertThatThrownBy(() -> WrkResult.parse("unable to connect to 127.0.0.1:1 Connection refused"))
                .hasMessageContaining("Connection refused");
    }

    @Test
    void parse_ofResultThatLacksAFigure_namesIt() {
        assertThatThrownBy(() -> WrkResult.parse("result requests=1")).hasMessageContaining("micros");
    }
}
