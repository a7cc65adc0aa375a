package io.holdfast.benchmarks.http;

/**
 * What a JVM tells of its work since it started, or between two moments.
 *
 * @param allocatedBytes that all its threads have allocated on the heap
 * @param compilingMillis for which its JIT compilers have worked, each by itself; on a busy machine also while they waited for a processor
 */
record JvmTotals(long allocatedBytes, long compilingMillis) {
    static final JvmTotals NOTHING = new JvmTotals(0, 0);

    JvmTotals plus(JvmTotals other) {
        return new JvmTotals(allocatedBytes + other.allocatedBytes, compilingMillis + other.compilingMillis);
    }

    JvmTotals since(JvmTotals earlier) {
        return new JvmTotals(allocatedBytes - earlier.allocatedBytes, compilingMillis - earlier.compilingMillis);
    }
}
