/**
 * Sessions of Jetty 12 in Redis: a store, which Jetty's own caches of sessions can work on too, and a cache on it. Compiled
 * against Jetty 12.0; no class of it uses a type of the Servlet API.
 */
@NullMarked
package io.holdfast.jetty;

import org.jspecify.annotations.NullMarked;
