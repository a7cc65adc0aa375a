/** That the benchmarks measure what they say they do. */
@NullMarked
package io.holdfast.benchmarks;

import org.jspecify.annotations.NullMarked;
