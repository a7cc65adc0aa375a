package io.holdfast.merge;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges two lists of which at least one was only appended to: what was appended there goes to the end of the other. If both
 * were, that is theirs followed by what we appended.
 */
final class Appended {
    private Appended() {}

    /**
     * @param base what both came from; null: nothing
     * @throws UnmergeableException when neither begins with the base
     */
    static Object merge(Comparison comparison, @Nullable Object base, Object ours, Object theirs)
            throws UnmergeableException {
        List<?> before = base == null ? List.of() : (List<?>) base;
        if (beginsWith(comparison, before, (List<?>) ours)) {
            return append(theirs, before, (List<?>) ours);
        }
        if (beginsWith(comparison, before, (List<?>) theirs)) {
            return append(ours, before, (List<?>) theirs);
        }
        throw new UnmergeableException(
                "a " + Names.of(theirs) + " is merged only if one side did nothing but append to it");
    }

    @SuppressWarnings("unchecked") // what was in one of two lists of an attribute may be in the other
    private static Object append(Object list, List<?> before, List<?> longer) {
        ((List<Object>) list).addAll(new ArrayList<>(longer.subList(before.size(), longer.size())));
        return list;
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
