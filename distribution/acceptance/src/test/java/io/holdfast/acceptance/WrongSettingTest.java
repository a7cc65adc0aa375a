package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.TestRedis;
import org.junit.jupiter.api.Test;

/** What a user meets who mistypes the one line. */
class WrongSettingTest {
    @Test
    void settingMisspelt_applicationDoesNotStart_logNamesItAndTheRemedy() {
        TomcatInstall install = TomcatInstall.of(TomcatLine.TOMCAT_10_1, "wrong setting")
                .withOnly("examples")
                .withHoldfast("redisUri=\"" + TestRedis.shared().uri() + "\" comandTimeoutMillis=\"500\"");

        try (ServerProcess node = ServerProcess.launch(install).awaitStarted()) {
            assertThat(new Browser().get(node, "/examples/").status()).isEqualTo(404);
            assertThat(node.logs().console())
                    .contains("There is no setting \"comandTimeoutMillis\"."
                            + " Did you mean commandTimeoutMillis? Correct or remove it.");
        }
    }
}
