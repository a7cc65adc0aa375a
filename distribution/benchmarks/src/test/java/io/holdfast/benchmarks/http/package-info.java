/** What can be told of the comparison without running it. */
@NullMarked
package io.holdfast.benchmarks.http;

import org.jspecify.annotations.NullMarked;
