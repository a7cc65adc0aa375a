/**
 * What is done to encoded values between this node and Redis: long ones are compressed, and all are encrypted where there are
 * keys. {@link io.holdfast.sealing.AttributeSeal} is the way in.
 */
@NullMarked
package io.holdfast.sealing;

import org.jspecify.annotations.NullMarked;
