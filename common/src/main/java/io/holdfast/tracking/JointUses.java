package io.holdfast.tracking;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Which uses of one session may be captured, and committed, as one. The outcome must be what it would be if one committed after the
 * other; so two that have to do with each other's puts and removals are not.
 */
final class JointUses {
    private JointUses() {}

    /** Whether {@code use} may be committed along with {@code others}, which may be committed as one. */
    static boolean goWith(Use use, Collection<Use> others) {
        if (!isPlain(use)) {
            return false;
        }
        for (Use other : others) {
            if (!isPlain(other) || !areApart(use, other)) {
                return false;
            }
        }
        return true;
    }

    /** Whether all of them may be committed as one. */
    static boolean goTogether(Collection<Use> uses) {
        List<Use> before = new ArrayList<>(uses.size());
        for (Use use : uses) {
            if (!goWith(use, before)) {
                return false;
            }
            before.add(use);
        }
        return true;
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

    /** What one has put, the other does not know, or as the very same object; what one has removed, the other does not know. */
    private static boolean areApart(Use one, Use other) {
        return doesNotWriteInto(other, one) && doesNotWriteInto(one, other);
    }

    private static boolean doesNotWriteInto(Use other, Use writing) {
        for (Map.Entry<String, Use.Write> write : writing.writes().entrySet()) {
            String name = write.getKey();
            LiveValue put = write.getValue().live();
            if (other.knows(name) && (put == null || !knowsOnly(put, writing) || !knowsOnly(put, other))) {
                return false;
            }
        }
        return true;
    }

    private static boolean knowsOnly(LiveValue put, Use use) {
        for (LiveValue live : use.handedOut().of(put.name)) {
            if (!live.equals(put)) {
                return false;
            }
        }
        Use.Write write = use.writes().get(put.name);
        return write == null || put.equals(write.live());
    }
}
