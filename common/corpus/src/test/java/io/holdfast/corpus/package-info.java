/** What applications really keep in sessions, and what must hold for each of these values. */
@NullMarked
package io.holdfast.corpus;

import org.jspecify.annotations.NullMarked;
