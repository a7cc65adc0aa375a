/**
 * Measures what sessions take in the heap of a node: {@link io.holdfast.benchmarks.heap.HeapBenchmark} starts
 * {@link io.holdfast.benchmarks.heap.HeapNode}s, asks them for sessions, and has them count what is live.
 */
@NullMarked
package io.holdfast.benchmarks.heap;

import org.jspecify.annotations.NullMarked;
