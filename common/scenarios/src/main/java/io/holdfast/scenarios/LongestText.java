package io.holdfast.scenarios;

import io.holdfast.merge.AttributeMerger;
import org.jspecify.annotations.Nullable;

/** Of two texts, keeps the longer one. */
public final class LongestText implements AttributeMerger<String> {
    @Override
    public Class<String> type() {
        return String.class;
    }

    @Override
    public String merge(@Nullable String base, String ours, String theirs) {
        return ours.length() > theirs.length() ? ours : theirs;
    }
}
