package io.holdfast.corpus;

import java.util.HashSet;
import java.util.Set;

/** What the codec cannot know, as the documentation says. The tests hold that it is still so. */
final class KnownLimits {
    /** Keeps what it is asked for in fields that are not transient: whoever only reads it seems to have changed it. */
    private static final Set<String> CHANGED_BY_READING = Set.of("Jetty HttpURI, not asked yet");

    private KnownLimits() {}

    static boolean changesWhenFirstRead(Sample sample) {
        return CHANGED_BY_READING.contains(sample.name());
    }

    /** Entries that name no sample. */
    static Set<String> unknown() {
        Set<String> names = new HashSet<>(CHANGED_BY_READING);
        Corpus.all().forEach(sample -> names.remove(sample.name()));
        return names;
    }
}
