/**
 * The port to the store and the values that cross it: what a session is made of, what one request changed in it, and
 * how a load or a commit can end. Nothing here talks to Redis, knows a container or touches an application's objects.
 */
@NullMarked
package io.holdfast.session;

import org.jspecify.annotations.NullMarked;
