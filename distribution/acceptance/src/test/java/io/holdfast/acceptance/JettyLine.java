package io.holdfast.acceptance;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The lines of Jetty that the overlay is for, and the environments of each that Tomcat's examples are made for. The build has
 * unpacked a whole distribution of each line.
 */
public enum JettyLine implements Line {
    JETTY_12_0_EE8("12.0", "ee8", TomcatLine.TOMCAT_9_0),
    JETTY_12_0_EE10("12.0", "ee10", TomcatLine.TOMCAT_10_1),
    JETTY_12_1_EE10("12.1", "ee10", TomcatLine.TOMCAT_10_1),
    JETTY_12_1_EE11("12.1", "ee11", TomcatLine.TOMCAT_11_0);

    private final String number;
    private final String environment;
    private final TomcatLine sameServlets;

    JettyLine(String number, String environment, TomcatLine sameServlets) {
        this.number = number;
        this.environment = environment;
        this.sameServlets = sameServlets;
    }

    /** {@code JETTY_HOME}; not to be changed. */
    Path home() {
        return Directory.unpacked("jetty-" + number);
    }

    /** The name of the environment in those of modules, classes and files. */
    String environment() {
        return environment;
    }

    /** The names of all environments of this line. */
    List<String> environments() {
        return number.equals("12.0") ? List.of("ee8", "ee9", "ee10") : List.of("ee8", "ee9", "ee10", "ee11");
    }

    /** The line of Tomcat whose applications run here too. */
    TomcatLine sameServlets() {
        return sameServlets;
    }

    @Override
    public TwoNodes startExamples(String user, String password, String role) {
        return TwoNodes.start(this, install -> install.withExamples().withUser(user, password, role));
    }

    @Override
    public JettyInstall installWorkload(String name, Map<String, String> settings) {
        String[] properties = settings.entrySet().stream()
                .map(setting -> "jetty.session.holdfast." + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        return JettyInstall.withWorkload(this, name).withHoldfast(properties);
    }

    @Override
    public String toString() {
        return "Jetty " + number + " " + environment;
    }
}
