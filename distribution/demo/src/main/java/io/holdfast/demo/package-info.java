/**
 * Starts everything the demo needs, in processes of their own, and ends it again.
 *
 * <p>{@code node} is what runs in each of the two Tomcats, {@code front} what a browser talks to, {@code experiment} what is
 * shown there.
 */
@NullMarked
package io.holdfast.demo;

import org.jspecify.annotations.NullMarked;
