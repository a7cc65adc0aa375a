/** What an operator may want to know, told to listeners as it happens. */
@NullMarked
package io.holdfast.events;

import org.jspecify.annotations.NullMarked;
