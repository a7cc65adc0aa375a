/** What the seed decides. */
package io.holdfast.consistency.planner;
