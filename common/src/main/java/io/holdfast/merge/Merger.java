package io.holdfast.merge;

import io.holdfast.codec.AttributeCodec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Merges one attribute, and whatever in it was changed on both sides: by a merger of the application, or, for the types it
 * knows, by itself. For one merge, by one thread.
 */
final class Merger {
    private static final int MAX_DEPTH = 100;

    private final Mergers registered;
    private final Comparison comparison;
    private final Copies copies;
    private final Notes notes = new Notes();
    private int depth;

    /**
     * For one merge.
     *
     * @param budget what comparing may cost, see {@link Comparison}
     */
    Merger(AttributeCodec codec, Mergers registered, long budget) {
        this.registered = registered;
        comparison = new Comparison(codec, budget);
        copies = new Copies(codec);
    }

    Comparison comparison() {
        return comparison;
    }

    Copies copies() {
        return copies;
    }

    Notes notes() {
        return notes;
    }

    /**
     * Whether two values hold the same.
     *
     * @throws UnmergeableException when that cannot be told
     */
    boolean isSame(Object one, Object other) throws UnmergeableException {
        try {
            return comparison.same(one, other);
        } catch (Throwable e) {
            throw Failures.unmergeable(one, e);
        }
    }

    /**
     * Merges two values that both differ from the base.
     *
     * @param base null: there was nothing
     * @param ours left as it is; parts of it may get into the result
     * @param theirs may be changed, and may be the result
     * @throws UnmergeableException when it cannot be done; then {@code theirs} is of no use any more
     */
    Object merge(@Nullable Object base, @Nullable Object ours, @Nullable Object theirs) throws UnmergeableException {
        if (ours == null || theirs == null) {
            throw new UnmergeableException("one side set it to null");
        }
        if (depth == MAX_DEPTH) {
            throw UnmergeableException.ofTheWhole(
                    "its maps are nested deeper than " + MAX_DEPTH + ", or contain themselves");
        }
        depth++;
        try {
            Class<?> known = knownType(ours, theirs);
            Registered<?> own = registered.find(ours, theirs);
            if (own != null && (known == null || known == own.type() || !own.takesAll(known))) {
                return own.merge(base == null ? null : copies.of(base), copies.of(ours), copies.of(theirs));
            }
            return known == null ? anyOf(ours, theirs) : mergeKnown(known, base, ours, theirs);
        } catch (Throwable e) {
            throw Failures.unmergeable(theirs, e);
        } finally {
            depth--;
        }
    }

    /** What both are of the types that are merged without the application's help; null: nothing. */
    private static @Nullable Class<?> knownType(Object ours, Object theirs) {
        if (Counters.areCounters(ours, theirs)) {
            return ours.getClass();
        }
        return Stream.of(Map.class, Set.class, List.class)
                .filter(type -> type.isInstance(ours) && type.isInstance(theirs))
                .findFirst()
                .orElse(null);
    }

    private Object mergeKnown(Class<?> type, @Nullable Object base, Object ours, Object theirs)
            throws UnmergeableException {
        if (base != null && !type.isInstance(base)) {
            throw UnmergeableException.ofReplacement(base, ours);
        }
        if (!Containers.isContainer(theirs)) {
            return Counters.merge(base, ours, theirs);
        }
        copies.requireSameShell(base, ours, theirs);
        return type == List.class
                ? Appended.merge(comparison, base, ours, theirs)
                : new EntriesMerge(
                                this,
                                base == null ? Entries.none() : Entries.of(base),
                                Entries.of(ours),
                                Entries.of(theirs))
                        .merge();
    }

    private Object anyOf(Object ours, Object theirs) throws UnmergeableException {
        if (comparison.same(ours, theirs)) {
            return theirs;
        }
        throw ours.getClass() == theirs.getClass()
                ? new UnmergeableException("there is no merger for " + Names.of(ours))
                : UnmergeableException.ofClasses(ours, theirs);
    }
}
