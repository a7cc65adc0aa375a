package io.holdfast.benchmarks.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What the machine does while we do nothing. The load average cannot tell: it still knows of the build before. */
final class OtherWork {
    private static final Path LINUX_TIMES = Path.of("/proc/stat");
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** So many, because the first may still see what we have just ended being cleared away. */
    private static final int LOOKS = 5;

    /** From so many processors on, others slow down what is measured. */
    static final double QUIET = 0.2;

    private OtherWork() {}

    /** How many processors others keep busy in the quietest of a few seconds; negative if the system does not tell. */
    static double busyProcessors() {
        double least = look();
        for (int looks = 1; looks < LOOKS && least >= QUIET; looks++) {
            least = Math.min(least, look());
        }
        return least;
    }

    private static double look() {
        try {
            String before = Files.readString(LINUX_TIMES);
            Thread.sleep(LOOK.toMillis());
            return busyProcessors(before, Files.readString(LINUX_TIMES));
        } catch (IOException notLinux) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** From two readings of {@code /proc/stat}. */
    static double busyProcessors(String before, String after) {
        Times earlier = Times.of(before);
        Times later = Times.of(after);
        long all = later.all - earlier.all;
        long idle = later.idle - earlier.idle;
        return all == 0 ? 0 : later.processors * (double) (all - idle) / all;
    }

    /** In ticks, of all processors together. */
    private record Times(long all, long idle, long processors) {
        /** The line {@code cpu user nice system idle iowait irq softirq steal …}, and one for each processor. */
        static Times of(String statistics) {
            String total = statistics.lines().findFirst().orElseThrow();
            long[] ticks = Stream.of(total.split(" +", -1))
                    .skip(1)
                    .limit(8) // the others are part of the first two
                    .mapToLong(Long::parseLong)
                    .toArray();
            long all = 0;
            for (long tick : ticks) {
                all += tick;
            }
            long processors =
                    statistics.lines().filter(line -> line.matches("cpu\\d.*")).count();
            return new Times(all, ticks[3] + ticks[4], processors);
        }
    }
}
