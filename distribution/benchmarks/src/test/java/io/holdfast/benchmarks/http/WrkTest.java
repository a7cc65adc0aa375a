package io.holdfast.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WrkTest {
    @Test
    void versionOf_aProgramThatIsNotThere_namesThePackageToInstall() {
        assertThatThrownBy(() -> Wrk.versionOf("wrk-that-nobody-has"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("apt-get install wrk");
    }
}
