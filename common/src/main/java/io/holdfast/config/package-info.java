/** Every setting with its rule and its default, in one place. */
@NullMarked
package io.holdfast.config;

import org.jspecify.annotations.NullMarked;
