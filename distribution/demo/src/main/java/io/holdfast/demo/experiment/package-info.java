/** Three ways in which requests of one session overlap, tried on both session managers, and what was left afterwards. */
@NullMarked
package io.holdfast.demo.experiment;

import org.jspecify.annotations.NullMarked;
