package io.holdfast.conflict;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a commit does with an attribute that somebody else has written since this node read it. */
public enum ConflictPolicy {
    /** Both changes are kept, where the type of the value allows it; where not, as {@link #LAST_WRITE_WINS}. */
    MERGE("merge"),

    /** Ours replaces theirs. */
    LAST_WRITE_WINS("last-write-wins"),

    /** Theirs stays, ours is dropped. */
    FIRST_WRITE_WINS("first-write-wins"),

    /** Nothing of the commit takes effect, and its request fails. */
    FAIL("fail");

    private final String word;

    ConflictPolicy(String word) {
        this.word = word;
    }

    /** The policy that configuration files call {@code word}, or null. */
    public static @Nullable ConflictPolicy named(String word) {
        return Arrays.stream(values())
                .filter(policy -> policy.word.equals(word))
                .findFirst()
                .orElse(null);
    }

    /** The words for all policies, for an operator. */
    public static String words() {
        return Arrays.stream(values()).map(ConflictPolicy::toString).collect(Collectors.joining(", "));
    }

    /** The word in configuration files. */
    @Override
    public String toString() {
        return word;
    }
}
