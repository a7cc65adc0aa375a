package io.holdfast.jetty;

import io.holdfast.live.LiveSession;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The live sessions of one session object in which threads without a request have put, removed or set something, until that is
 * committed. Usually it is what the object holds; but that may be given up, and another one loaded, between a put and its commit.
 */
final class WrittenCopies {
    private final Map<LiveSession, Boolean> copies = new ConcurrentHashMap<>(1);

    /** Called behind a write, or a commit that has missed it would let go of the copy. */
    void add(LiveSession written) {
        copies.compute(written, (copy, known) -> true);
    }

    /** Does {@code commit} with each, and lets go of those in which nothing is left then that may still be committed. */
    void forEach(Consumer<LiveSession> commit) {
        copies.keySet().forEach(copy -> {
            commit.accept(copy);
            copies.computeIfPresent(
                    copy, (key, known) -> (copy.hasUnattributedWrites() && !copy.hasEnded()) ? true : null);
        });
    }

    /** What could not be committed there is reported, and lost. */
    void remove(LiveSession copy) {
        copies.remove(copy);
    }
}
