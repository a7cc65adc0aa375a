package io.holdfast.acceptance;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

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

    /** The jar of Tomcat's own that translates applications for Java EE to Jakarta EE. */
    Path migrationTool() {
        return Directory.list(distribution().resolve("lib")).stream()
                .filter(jar -> jar.getFileName().toString().startsWith("jakartaee-migration-"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public TwoNodes startExamples(String user, String password, String role) {
        return TwoNodes.start(this, install -> install.withUser(user, password, role));
    }

    /** As on any line; Tomcat looks for expired sessions whenever it can. */
    @Override
    public TomcatInstall installWorkload(String name, Map<String, String> settings) {
        String attributes = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=\"" + setting.getValue() + "\"")
                .collect(Collectors.joining(" "));
        return TomcatInstall.of(this, name).withWorkload().withHoldfast("processExpiresFrequency=\"1\" " + attributes);
    }

    @Override
    public String toString() {
        return "Tomcat " + number;
    }
}
