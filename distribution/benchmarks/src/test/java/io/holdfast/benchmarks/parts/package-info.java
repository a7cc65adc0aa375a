/** That both sides of a comparison do the same. */
@NullMarked
package io.holdfast.benchmarks.parts;

import org.jspecify.annotations.NullMarked;
