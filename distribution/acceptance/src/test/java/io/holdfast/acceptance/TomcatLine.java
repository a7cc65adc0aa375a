package io.holdfast.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The lines of Tomcat that the jar is for. The build has unpacked a whole distribution of each. */
public enum TomcatLine {
    TOMCAT_9_0("9.0"),
    TOMCAT_10_1("10.1"),
    TOMCAT_11_0("11.0");

    private final String number;

    TomcatLine(String number) {
        this.number = number;
    }

    /** Where the distribution is; not to be changed. */
    Path distribution() {
        Path unpackedInto = Path.of("target", "tomcat-" + number);
        try (Stream<Path> content = Files.list(unpackedInto)) {
            List<Path> versions = content.toList();
            if (versions.size() != 1) {
                throw new AssertionError(unpackedInto + " holds " + versions + "; run `mvn clean verify`");
            }
            return versions.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException("run the tests by `mvn verify`, which unpacks Tomcat", e);
        }
    }

    @Override
    public String toString() {
        return "Tomcat " + number;
    }
}
