/**
 * Holdfast for Tomcat 9.0, 10.1 and 11.0: translates what the container asks of a session manager into loads and commits.
 * No class of this package names a type of the Servlet API, which is {@code javax.servlet} in one line and
 * {@code jakarta.servlet} in the others; that is why one jar serves them all.
 */
@NullMarked
package io.holdfast.tomcat;

import org.jspecify.annotations.NullMarked;
