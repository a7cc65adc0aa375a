/**
 * Makes one value of two that came from the same one: the three-way merge of attributes that two requests changed.
 *
 * <p>{@link io.holdfast.merge.AttributeMerger} is for applications to implement, {@link io.holdfast.merge.ThreeWayMerge} is the
 * way in for the rest of Holdfast. Knows neither Redis nor sessions.
 */
@NullMarked
package io.holdfast.merge;

import org.jspecify.annotations.NullMarked;
