/**
 * Compares session managers over HTTP: {@link io.holdfast.benchmarks.http.HttpBenchmark} has each
 * {@link io.holdfast.benchmarks.http.Candidate} serve each {@link io.holdfast.benchmarks.http.RequestKind} on two whole Tomcats or
 * Jettys with a Redis or a database, while wrk asks as fast as they answer. {@code docs/benchmarks.md} says what the figures mean.
 */
@NullMarked
package io.holdfast.benchmarks.http;

import org.jspecify.annotations.NullMarked;
