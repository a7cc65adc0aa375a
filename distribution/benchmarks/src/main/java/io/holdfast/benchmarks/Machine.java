package io.holdfast.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where numbers were measured, without which they mean nothing.
 *
 * @param jvm that runs this
 * @param processor its name as the system tells it
 * @param processors that this JVM may use
 */
public record Machine(String jvm, String processor, int processors) {
    private static final Path LINUX_PROCESSORS = Path.of("/proc/cpuinfo");

    /** The one that runs this. */
    public static Machine here() {
        String jvm = System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version");
        return new Machine(jvm, processorName(), Runtime.getRuntime().availableProcessors());
    }

    /** Java does not tell; Linux does, on most processors. */
    private static String processorName() {
        String otherwise = System.getProperty("os.arch", "unknown processor");
        try (Stream<String> lines = Files.lines(LINUX_PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
