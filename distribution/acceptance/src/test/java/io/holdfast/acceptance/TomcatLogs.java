package io.holdfast.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All that a Tomcat wrote: its console and its log files. */
public record TomcatLogs(Path directory) {
    private static final Pattern COMPLAINT = Pattern.compile("WARN|SEVERE|ERROR|SLF4J|Exception|Error:|^\\s+at ");

    /** What Tomcat itself makes appear, with or without Holdfast. */
    private static final Pattern NOT_OURS = Pattern.compile(String.join(
            "|",
            // a machine short of entropy
            "Creation of SecureRandom instance for session ID generation",
            // JDK 24 and newer, of Tomcat 9.0 and 10.1 looking for its native library; four lines, the second names who
            "A restricted method in java.lang.System has been called",
            "has been called by org.apache.tomcat.jni.Library",
            "Use --enable-native-access=ALL-UNNAMED to avoid a warning",
            "Restricted methods will be blocked in a future release"));

    /** What it printed. */
    public String console() {
        return read(directory.resolve("catalina.out"));
    }

    /** Lines that an operator would stop at. */
    public List<String> complaints() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.flatMap(file -> read(file).lines())
                    .filter(COMPLAINT.asPredicate().and(NOT_OURS.asPredicate().negate()))
                    .distinct() // most lines are on the console and in a file
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
