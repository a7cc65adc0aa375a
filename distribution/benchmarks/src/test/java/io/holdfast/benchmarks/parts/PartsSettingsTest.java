package io.holdfast.benchmarks.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.benchmarks.parts.PartsSettings.Part;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartsSettingsTest {
    @Test
    void noArguments_measureEverythingThoroughly() {
        assertThat(PartsSettings.of()).isEqualTo(new PartsSettings(false, Set.of(Part.values())));
    }

    @Test
    void allArguments_areUnderstood() {
        assertThat(PartsSettings.of("--quick", "--parts", "store,changes"))
                .isEqualTo(new PartsSettings(true, Set.of(Part.STORE, Part.CHANGES)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fast", "--parts", "--parts shop", "--parts ,store"})
    void otherArguments_areRefusedWithTheUsage(String arguments) {
        assertThatThrownBy(() -> PartsSettings.of(arguments.split(" ", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(PartsSettings.USAGE);
    }
}
