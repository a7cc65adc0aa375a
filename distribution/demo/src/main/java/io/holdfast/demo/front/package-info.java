/** The one address of the demo: the page, its data, and a round-robin balancer without any stickiness. */
@NullMarked
package io.holdfast.demo.front;

import org.jspecify.annotations.NullMarked;
