package io.holdfast.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.session.EncodedValue;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody writes what he has only read: as long as a value is not changed, it encodes to its baseline. */
class StableTrackingTest {
    private static final int CYCLES = 10;

    private static final KryoAttributeCodec CODEC =
            new KryoAttributeCodec(StableTrackingTest.class.getClassLoader(), value -> false);

    static List<Sample> samples() {
        return Corpus.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void untouchedValue_isNeverReportedAsChanged(Sample sample) {
        Object made = sample.maker().get();
        EncodedValue first = CODEC.encode(made);
        assertThat(CODEC.encode(made)).as("at once, as made").isEqualTo(first);
        if (!KnownLimits.changesWhenFirstRead(sample)) {
            Corpus.read(sample, made);
            assertThat(CODEC.encode(made)).as("after reading, as made").isEqualTo(first);
        }

        Object live = CODEC.decode(first);
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            EncodedValue baseline = CODEC.encode(live);
            assertThat(CODEC.encode(live)).as("at once, cycle " + cycle).isEqualTo(baseline);
            Corpus.read(sample, live);
            EncodedValue afterwards = CODEC.encode(live);
            if (cycle == 0 && KnownLimits.changesWhenFirstRead(sample)) {
                assertThat(afterwards).isNotEqualTo(baseline);
            } else {
                assertThat(afterwards).as("after reading, cycle " + cycle).isEqualTo(baseline);
            }
            assertThat(CODEC.encode(live)).as("once more, cycle " + cycle).isEqualTo(afterwards);
            live = CODEC.decode(afterwards);
        }
    }
}
