package io.holdfast.merge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an operator should know of a merge that was done. For one merge, by one thread. */
final class Notes {
    /** To see more would help nobody. */
    private static final int MAX_REASONS = 3;

    private final List<Loss> losses = new ArrayList<>();

    /** Of one key, one side's change is gone. */
    private record Loss(String noun, @Nullable String reason) {}

    /**
     * Notes that of what both sides did with a key, ours is kept and theirs not.
     *
     * @param noun what keys are called there
     * @param reason why it could not be merged; null: one side removed it
     */
    void lastWriteWins(String noun, @Nullable String reason) {
        losses.add(new Loss(noun, reason));
    }

    /** A point to go back to. */
    int mark() {
        return losses.size();
    }

    /** Forgets what was noted since. */
    void backTo(int mark) {
        losses.subList(mark, losses.size()).clear();
    }

    List<String> texts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        losses.forEach(loss -> counts.merge(loss.noun(), 1, Integer::sum));
        List<String> texts = new ArrayList<>();
        counts.forEach((noun, count) -> texts.add(count + " of its " + noun + (count == 1 ? " was" : " were")
                + " changed on both sides: the last write wins"));
        losses.stream()
                .map(Loss::reason)
                .filter(reason -> reason != null)
                .distinct()
                .sorted()
                .limit(MAX_REASONS)
                .forEach(texts::add);
        return texts;
    }
}
