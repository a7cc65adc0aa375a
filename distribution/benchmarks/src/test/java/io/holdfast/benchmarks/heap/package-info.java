/** That tables of the JVM are read correctly, and what is made of them. */
@NullMarked
package io.holdfast.benchmarks.heap;

import org.jspecify.annotations.NullMarked;
