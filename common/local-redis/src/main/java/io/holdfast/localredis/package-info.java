/** A throw-away Redis for tests and the demo, and the means to look at it and to break the way to it. */
@NullMarked
package io.holdfast.localredis;

import org.jspecify.annotations.NullMarked;
