/**
 * Measures parts by themselves: the store next to the bare driver that sends the same commands, the attribute map next to a
 * {@link java.util.concurrent.ConcurrentHashMap}, and the search for changes next to the encoding that it cannot do without.
 * {@link io.holdfast.benchmarks.parts.PartsBenchmark} runs all of it.
 */
@NullMarked
package io.holdfast.benchmarks.parts;

import org.jspecify.annotations.NullMarked;
