/** Finds in a history what cannot be right. */
@NullMarked
package io.holdfast.consistency.checker;

import org.jspecify.annotations.NullMarked;
