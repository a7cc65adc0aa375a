/**
 * What the benchmarks encode: attributes as a web shop of some years keeps them in its sessions. Beans of
 * mutable fields, {@code java.util.Date}, lists, maps, and objects that are reachable in several ways.
 */
@NullMarked
package io.holdfast.benchmarks.payload;

import org.jspecify.annotations.NullMarked;
