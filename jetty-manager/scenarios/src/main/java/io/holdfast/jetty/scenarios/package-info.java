/**
 * Jetty's own published suites on our store, and what two nodes on one Redis promise over HTTP, with Jetty's own caches.
 * Interleavings are forced with latches inside the application's own code.
 */
@NullMarked
package io.holdfast.jetty.scenarios;

import org.jspecify.annotations.NullMarked;
