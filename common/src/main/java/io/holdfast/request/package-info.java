/** What one request does with sessions, and the session objects of a container that its requests share. */
@NullMarked
package io.holdfast.request;

import org.jspecify.annotations.NullMarked;
