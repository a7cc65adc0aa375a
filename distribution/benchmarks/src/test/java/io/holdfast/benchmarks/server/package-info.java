/** That the benchmarks measure what they say they do. */
@NullMarked
package io.holdfast.benchmarks.server;

import org.jspecify.annotations.NullMarked;
