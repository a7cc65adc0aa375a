package io.holdfast.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All that a server wrote.
 *
 * @param directory where its log files are, and what it printed
 * @param consoleName the file with what it printed
 */
public record ServerLogs(Path directory, String consoleName) {
    private static final Pattern COMPLAINT = Pattern.compile("WARN|SEVERE|ERROR|SLF4J|Exception|Error:|^\\s+at ");

    /** What servers themselves make appear, with or without Holdfast. */
    private static final Pattern NOT_OURS = Pattern.compile(String.join(
            "|",
            // a machine short of entropy
            "Creation of SecureRandom instance for session ID generation",
            // JDK 24 and newer, of Tomcat 9.0 and 10.1 looking for its native library; four lines, the second names who
            "A restricted method in java.lang.System has been called",
            "has been called by org.apache.tomcat.jni.Library",
            "Use --enable-native-access=ALL-UNNAMED to avoid a warning",
            "Restricted methods will be blocked in a future release",
            // Jetty's JSP compiler, when it reads the web.xml of an application
            "The XML schema \\[.*] could not be found"));

    Path consoleFile() {
        return directory.resolve(consoleName);
    }

    /** What it printed. */
    public String console() {
        return read(consoleFile());
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
