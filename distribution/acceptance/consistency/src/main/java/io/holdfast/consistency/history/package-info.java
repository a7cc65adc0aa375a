/** What was asked of the nodes and what they answered, with the times. */
@NullMarked
package io.holdfast.consistency.history;

import org.jspecify.annotations.NullMarked;
