package io.holdfast.acceptance;

import java.util.Map;

/** A line of Jetty that is started with {@code --jpms}. */
record JettyModulePath(JettyLine line) implements Line {
    @Override
    public TwoNodes startExamples(String user, String password, String role) {
        return TwoNodes.start(
                line,
                install -> install.withExamples().withUser(user, password, role).withModulePath());
    }

    @Override
    public ServerInstall installWorkload(String name, Map<String, String> settings) {
        return line.installWorkload(name, settings).withModulePath();
    }

    @Override
    public String toString() {
        return line + " --jpms";
    }
}
