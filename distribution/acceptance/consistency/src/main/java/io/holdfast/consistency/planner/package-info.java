/** What visitors are going to do, decided by a seed. */
@NullMarked
package io.holdfast.consistency.planner;

import org.jspecify.annotations.NullMarked;
