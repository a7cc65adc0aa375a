package io.holdfast.benchmarks.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether this machine has the memory for all nodes that run at the same time. */
final class NodeMemory {
    private static final Path LINUX_MEMORY = Path.of("/proc/meminfo");

    /** With a heap of 512 MB, and what a JVM needs besides. */
    private static final double GIGABYTES_OF_A_NODE = 0.8;

    private static final double KIBIBYTES_PER_GIGABYTE = 1e9 / 1024;

    private NodeMemory() {}

    /**
     * What to tell whoever has less than that; empty if there is enough, or the system does not tell.
     *
     * @param together candidates that run at the same time
     */
    static Optional<String> warning(List<List<Candidate>> together) {
        try {
            return warning(together, Files.readString(LINUX_MEMORY));
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    /** With the text of {@code /proc/meminfo}. */
    static Optional<String> warning(List<List<Candidate>> together, String memory) {
        int candidates = together.stream().mapToInt(List::size).max().orElse(0);
        double needed = candidates * Cluster.NODES * GIGABYTES_OF_A_NODE;
        return memory.lines()
                .filter(line -> line.startsWith("MemAvailable:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIBIBYTES_PER_GIGABYTE)
                .filter(available -> available < needed)
                .map(available -> String.format(
                        Locale.ROOT,
                        "%d candidates run at the same time and take up to %.1f GB of memory; %.1f GB are free. If the system "
                                + "ends some of them, name fewer with --candidates.",
                        candidates,
                        needed,
                        available))
                .findFirst();
    }
}
