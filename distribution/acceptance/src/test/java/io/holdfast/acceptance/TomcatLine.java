package io.holdfast.acceptance;

import java.nio.file.Path;

/** The lines of Tomcat that the jar is for. The build has unpacked a whole distribution of each. */
public enum TomcatLine implements Line {
    TOMCAT_9_0("9.0"),
    TOMCAT_10_1("10.1"),
    TOMCAT_11_0("11.0");

    private final String number;

    TomcatLine(String number) {
        this.number = number;
    }

    /** Where the distribution is; not to be changed. */
    Path distribution() {
        return Directory.unpacked("tomcat-" + number);
    }

    @Override
    public TwoNodes startExamples(String user, String password, String role) {
        return TwoNodes.start(this, install -> install.withUser(user, password, role));
    }

    @Override
    public String toString() {
        return "Tomcat " + number;
    }
}
