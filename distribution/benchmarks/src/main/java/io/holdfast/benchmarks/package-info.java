/**
 * Measures the codec: {@link io.holdfast.benchmarks.CodecBenchmark} is what is measured,
 * {@link io.holdfast.benchmarks.CodecBenchmarkReport} runs it and prints the tables.
 */
@NullMarked
package io.holdfast.benchmarks;

import org.jspecify.annotations.NullMarked;
