package io.holdfast.merge;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Merges two lists that both sides only appended to: theirs, followed by what we appended. */
final class Appended {
    private Appended() {}

    /**
     * @param base what both begin with; null: nothing
     * @throws UnmergeableException when one does not begin with the base
     */
    static Object merge(Comparison comparison, @Nullable Object base, Object ours, Object theirs)
            throws UnmergeableException {
        List<?> before = base == null ? List.of() : (List<?>) base;
        if (!beginsWith(comparison, before, (List<?>) ours) || !beginsWith(comparison, before, (List<?>) theirs)) {
            throw new UnmergeableException(
                    "a " + Names.of(theirs) + " is merged only if both sides did nothing but append to it");
        }
        List<?> our = (List<?>) ours;
        append(theirs, new ArrayList<>(our.subList(before.size(), our.size())));
        return theirs;
    }

    @SuppressWarnings("unchecked") // what was in one of two lists of an attribute may be in the other
    private static void append(Object list, List<?> elements) {
        ((List<Object>) list).addAll(elements);
    }

    private static boolean beginsWith(Comparison comparison, List<?> start, List<?> list) throws UnmergeableException {
        if (list.size() < start.size()) {
            return false;
        }
        Iterator<?> elements = list.iterator();
        for (Object expected : start) {
            if (!comparison.same(expected, elements.next())) {
                return false;
            }
        }
        return true;
    }
}
