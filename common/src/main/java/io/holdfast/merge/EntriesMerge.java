package io.holdfast.merge;

import org.jspecify.annotations.Nullable;

/**
 * Merges two maps or two sets: does with theirs what ours did with the base. So the result is of their class, and has their
 * order and comparator. What was changed on both sides and cannot be merged in turn becomes what we made of it, and that is noted.
 */
final class EntriesMerge {
    private final Merger merger;
    private final Entries base;
    private final Entries ours;
    private final Entries theirs;

    /**
     * For one map or set.
     *
     * @param merger merges what was changed on both sides
     */
    EntriesMerge(Merger merger, Entries base, Entries ours, Entries theirs) {
        this.merger = merger;
        this.base = base;
        this.ours = ours;
        this.theirs = theirs;
    }

    Object merge() throws UnmergeableException {
        merger.copies().requireEqualKeys(base);
        for (Object key : ours.keys()) {
            if (base.has(key)) {
                change(key, base.get(key));
            } else {
                add(key);
            }
        }
        for (Object key : base.keys()) {
            if (!ours.has(key) && theirs.has(key)) {
                remove(key, base.get(key));
            }
        }
        return theirs.container();
    }

    static String nounOf(Entries entries) {
        return entries.isSet() ? "elements" : "keys";
    }

    private void add(@Nullable Object key) throws UnmergeableException {
        Object our = ours.get(key);
        if (!theirs.has(key)) {
            theirs.put(key, our);
        } else if (!ours.isSet() || !merger.comparison().same(our, theirs.get(key))) {
            replace(key, null);
        }
    }

    private void change(@Nullable Object key, @Nullable Object before) throws UnmergeableException {
        Object our = ours.get(key);
        if (merger.comparison().same(before, our)) {
            return;
        }
        if (!theirs.has(key)) {
            merger.notes().lastWriteWins(nounOf(ours), null);
            theirs.put(key, our);
        } else if (merger.comparison().same(before, theirs.get(key))) {
            theirs.put(key, our);
        } else {
            replace(key, before);
        }
    }

    @SuppressWarnings("ReferenceEquality") // changed in place, it is there already
    private void replace(@Nullable Object key, @Nullable Object before) throws UnmergeableException {
        Object our = ours.get(key);
        Object their = theirs.get(key);
        Object merged = our;
        int mark = merger.notes().mark();
        try {
            merged = merger.merge(before, our, their);
        } catch (UnmergeableException e) {
            if (e.isOfTheWhole()) {
                throw e;
            }
            merger.notes().backTo(mark);
            merger.notes().lastWriteWins(nounOf(ours), e.reason());
        }
        if (merged != their) {
            theirs.put(key, merged);
        }
    }

    private void remove(@Nullable Object key, @Nullable Object before) throws UnmergeableException {
        if (!merger.comparison().same(before, theirs.get(key))) {
            merger.notes().lastWriteWins(nounOf(ours), null);
        }
        theirs.remove(key);
    }
}
