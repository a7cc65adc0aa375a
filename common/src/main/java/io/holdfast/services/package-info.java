/** Puts the parts together that every container's adapter needs, with the settings of one web application. */
@NullMarked
package io.holdfast.services;

import org.jspecify.annotations.NullMarked;
