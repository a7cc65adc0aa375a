/**
 * Knows what each request read, put, mutated in place and removed, so that a commit writes only what really changed.
 * Talks to no store.
 */
@NullMarked
package io.holdfast.tracking;

import org.jspecify.annotations.NullMarked;
