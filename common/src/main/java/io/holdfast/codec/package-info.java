/**
 * Turns an application's objects into bytes and back, one attribute at a time: plain data with Kryo, classes with a
 * serialization contract of their own with Java serialization. Knows neither Redis nor sessions nor servlets.
 *
 * <p>{@link io.holdfast.codec.KryoAttributeCodec} is the way in, {@link io.holdfast.codec.SerializerRouter} holds the
 * rules.
 */
@NullMarked
package io.holdfast.codec;

import org.jspecify.annotations.NullMarked;
