/**
 * The ends of sessions: {@link io.holdfast.expiry.Reaper} finds, on threads of its own, sessions whose time is over, and has an
 * {@link io.holdfast.expiry.EndTeller} tell the application's listeners on exactly one node. docs/expiry.md says how.
 */
@NullMarked
package io.holdfast.expiry;

import org.jspecify.annotations.NullMarked;
