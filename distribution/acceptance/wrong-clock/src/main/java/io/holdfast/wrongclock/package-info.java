/** A Java agent that shifts the clock of the JVM it runs in, to see what becomes of sessions then. */
@NullMarked
package io.holdfast.wrongclock;

import org.jspecify.annotations.NullMarked;
