/** Requests of one session that run one after the other, on all nodes together: whose turn it is, and how it is waited for. */
@NullMarked
package io.holdfast.exclusive;

import org.jspecify.annotations.NullMarked;
