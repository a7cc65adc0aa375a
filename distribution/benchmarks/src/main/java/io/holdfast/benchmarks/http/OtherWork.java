package io.holdfast.benchmarks.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the machine does while we do nothing, or little. The load average cannot tell: it still knows of the build before. */
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
        return busyProcessors(() -> Duration.ZERO);
    }

    /**
     * The same without what we do ourselves.
     *
     * @param own the processor time that our processes have used so far
     */
    static double busyProcessors(Supplier<Duration> own) {
        double least = look(own);
        for (int looks = 1; looks < LOOKS && least >= QUIET; looks++) {
            least = Math.min(least, look(own));
        }
        return least;
    }

    private static double look(Supplier<Duration> own) {
        try {
            Duration ownBefore = own.get();
            long start = System.nanoTime();
            String before = Files.readString(LINUX_TIMES);
            Thread.sleep(LOOK.toMillis());
            double busy = busyProcessors(before, Files.readString(LINUX_TIMES));
            return without(own.get().minus(ownBefore), busy, System.nanoTime() - start);
        } catch (IOException notLinux) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Of so many busy processors those that others use, when we have used some processor time within these nanoseconds. */
    static double without(Duration own, double busyProcessors, long nanos) {
        return Math.max(0, busyProcessors - (double) own.toNanos() / nanos);
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
