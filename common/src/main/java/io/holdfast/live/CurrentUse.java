package io.holdfast.live;

import io.holdfast.tracking.Use;
import org.jspecify.annotations.Nullable;

/** Tells for which request the calling thread works; the container's adapter knows. */
@FunctionalInterface
public interface CurrentUse {
    /** The use of {@code session} by the request the calling thread works for; null: it works for no request. */
    @Nullable
    Use of(LiveSession session);
}
