/**
 * What two nodes on one Redis promise, shown over HTTP on the container under test, which {@link
 * io.holdfast.scenarios.Container} stands for. Interleavings are forced with latches inside the application's own code.
 */
@NullMarked
package io.holdfast.scenarios;

import org.jspecify.annotations.NullMarked;
