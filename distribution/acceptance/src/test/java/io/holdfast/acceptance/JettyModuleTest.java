package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator of Jetty sees of the module, with and without a mistake. */
class JettyModuleTest {
    @ParameterizedTest
    @EnumSource(names = {"JETTY_12_0_EE10", "JETTY_12_1_EE10"})
    void module_isListed_andSetsWhatJettyLeavesOpen(JettyLine line) {
        JettyInstall install = JettyInstall.of(line, "modules of " + line).withOverlay();

        assertThat(install.run("--list-modules=session"))
                .containsPattern(
                        "session-store-holdfast +- Keeps the sessions of all web applications in Redis, and loses no update");
        install.run("--add-modules=session-store-holdfast");
        assertThat(install.run("--list-config"))
                .contains("jetty.sessionScavengeInterval.seconds = 60")
                .contains("${jetty.base.uri}/lib/holdfast/,-io.holdfast.merge.");
        assertThat(install.run("--list-config", "jetty.sessionScavengeInterval.seconds=10"))
                .contains("jetty.sessionScavengeInterval.seconds = 10");
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY_12_0_EE10", "JETTY_12_1_EE10"})
    void settingMisspelt_jettyDoesNotStart_errorNamesItAndTheRemedy(JettyLine line) {
        assertThat(errorOf(line, "comandTimeoutMillis=500"))
                .contains("In the properties jetty.session.holdfast.*: There is no setting \"comandTimeoutMillis\"."
                        + " Did you mean commandTimeoutMillis? Correct or remove it.");
    }

    @Test
    void settingOutOfRange_jettyDoesNotStart_errorNamesValueAndRange() {
        assertThat(errorOf(JettyLine.JETTY_12_1_EE10, "commitLanes=65"))
                .contains("In the properties jetty.session.holdfast.*: Setting commitLanes=\"65\" is out of range."
                        + " It takes 1 to 64; default: 1.");
    }

    private static String errorOf(JettyLine line, String setting) {
        JettyInstall install = JettyInstall.of(line, "wrong setting of " + line)
                .withHoldfast(
                        "jetty.session.holdfast.redisUri=" + TestRedis.shared().uri())
                .withFile("start.d/more.ini", "jetty.session.holdfast." + setting + "\n");
        try (ServerProcess node = ServerProcess.launch(install)) {
            assertThat(node.awaitExit()).isNotZero();
        }
        assertThat(install.logs().console()).doesNotContainPattern(install.port());
        return install.logs().console();
    }
}
