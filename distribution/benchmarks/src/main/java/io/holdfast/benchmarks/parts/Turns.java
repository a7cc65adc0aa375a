package io.holdfast.benchmarks.parts;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Tells each thread whether it is the store's turn or the driver's, which last a tenth of a second each, and counts what each of the two has done
 * in its turns. JMH makes rates of the public fields, by the second of the time that both had together.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Turns {
    /** Of the time that is measured, each has this share. */
    static final double SHARE = 0.5;

    private static final long TURN_NANOS = 100_000_000;

    /** Operations of this thread. */
    public long byStore;

    public long byDriver;

    /** Processor time of the whole process, in nanoseconds; counted by one thread for all. */
    public long cpuOfStore;

    public long cpuOfDriver;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private boolean counts;
    private boolean store;
    private long cpu;

    /** JMH makes it. */
    public Turns() {}

    @Setup(Level.Iteration)
    public void begin(ThreadParams thread) {
        counts = thread.getThreadIndex() == 0;
        store = isStore();
        cpu = system.getProcessCpuTime();
    }

    /** Asked before each operation. */
    boolean isTurnOfStore() {
        if (counts) {
            countCpu();
        }
        store = isStore();
        if (store) {
            byStore++;
        } else {
            byDriver++;
        }
        return store;
    }

    private void countCpu() {
        long now = system.getProcessCpuTime();
        if (store) {
            cpuOfStore += now - cpu;
        } else {
            cpuOfDriver += now - cpu;
        }
        cpu = now;
    }

    private static boolean isStore() {
        return System.nanoTime() / TURN_NANOS % 2 == 0;
    }
}
