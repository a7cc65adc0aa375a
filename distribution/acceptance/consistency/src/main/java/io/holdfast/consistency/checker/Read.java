package io.holdfast.consistency.checker;

import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.history.Interval;

/**
 * One look at one attribute.
 *
 * @param call that looked
 * @param place of its step in the call
 * @param attribute that it looked at
 * @param seen what it saw, as the application put it
 */
record Read(Call call, int place, String attribute, String seen) {
    Interval time() {
        return call.time();
    }

    boolean isBefore(Read other) {
        return call.time().endsBefore(other.call.time());
    }
}
