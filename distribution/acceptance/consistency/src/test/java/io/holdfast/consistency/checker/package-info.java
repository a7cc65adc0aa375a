/** Small histories, good and bad, for every rule. */
package io.holdfast.consistency.checker;
