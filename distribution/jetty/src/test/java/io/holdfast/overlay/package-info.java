/** What the overlay for {@code JETTY_BASE} says of Holdfast is what Holdfast does. */
package io.holdfast.overlay;
