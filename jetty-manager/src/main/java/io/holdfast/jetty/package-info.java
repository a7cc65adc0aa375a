/**
 * The session store for Jetty 12: the part that Jetty's own caches of sessions work on. Compiled against Jetty 12.0; no class
 * of it names a type of the Servlet API.
 */
@NullMarked
package io.holdfast.jetty;

import org.jspecify.annotations.NullMarked;
