package io.holdfast.tracking;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which uses of one session may be captured, and committed, as one. The outcome must be what it would be if one committed after the
 * other; so two that have to do with each other's puts and removals are not.
 */
final class JointUses {
    private JointUses() {}

    /** Whether {@code use} may be committed along with {@code others}, which may be committed as one. */
    static boolean goWith(Use use, Collection<Use> others) {
        return isPlain(use) && others.stream().allMatch(other -> isPlain(other) && areApart(use, other));
    }

    /** Whether all of them may be committed as one. */
    static boolean goTogether(Collection<Use> uses) {
        return uses.stream()
                .allMatch(use ->
                        goWith(use, uses.stream().filter(other -> other != use).toList()));
    }

    /** Whether nothing is special about it: it has no lease, and does not depend on what became of other requests. */
    private static boolean isPlain(Use use) {
        return use.lease() == null
                && !use.isRefused()
                && !use.isIncomplete()
                && use.suspects().isEmpty()
                && use.newOfOthers().isEmpty()
                && !use.hasWithdrawn();
    }

    /** What one has put or removed, the other does not know, or as the very same object. */
    private static boolean areApart(Use one, Use other) {
        return Stream.concat(one.writes().keySet().stream(), other.writes().keySet().stream())
                .allMatch(name -> !one.knows(name) || !other.knows(name) || knowOnlyOne(name, one, other));
    }

    private static boolean knowOnlyOne(String name, Use one, Use other) {
        Set<LiveValue> objects = new HashSet<>(one.handedOut().of(name));
        objects.addAll(other.handedOut().of(name));
        return objects.size() == 1 && !hasRemoved(name, one) && !hasRemoved(name, other);
    }

    private static boolean hasRemoved(String name, Use use) {
        Use.Write write = use.writes().get(name);
        return write != null && write.live() == null;
    }
}
