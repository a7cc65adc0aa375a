package io.holdfast.merge;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.codec.NotEncodableException;
import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.merge.MergeResult.Merged;
import io.holdfast.merge.MergeResult.NotMerged;
import io.holdfast.session.EncodedValue;
import java.lang.ref.Reference;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Merges two encoded values of one attribute that came from the same one. Works on objects that nobody else sees. Runs
 * code of the application: what it wrote to be serialized and compared, and its mergers. Safe for many threads at once.
 *
 * <p>The result follows from the differences to the base, so of two that made the same difference both count: two nodes that
 * counted from 1 to 2 have counted to 3.
 */
public final class ThreeWayMerge {
    /** Comparing may take as long as to encode so many bytes, some tenths of a second, and {@value #SHARE} times the values. */
    private static final long LEAST_BUDGET = 32L * 1024 * 1024;

    private static final int SHARE = 8;

    private final AttributeCodec codec;
    private final Mergers registered;

    /** Merges with the mergers of an application, whose classes {@code codec} knows. */
    public ThreeWayMerge(AttributeCodec codec, Mergers registered) {
        this.codec = codec;
        this.registered = registered;
    }

    /** Merges values of any class. */
    MergeResult merge(@Nullable EncodedValue base, EncodedValue ours, EncodedValue theirs) {
        return merge(base, ours, theirs, className -> true);
    }

    /**
     * Merges. Takes about as long as decoding three values, encoding two and comparing them; never fails for reasons that lie
     * in the values or in the application.
     *
     * @param base what both have seen; null: nobody had set the attribute
     * @param ours what this node made of it
     * @param theirs what somebody else made of it meanwhile
     * @param wantedClasses which classes their value may have; one that is not wanted is not decoded and not merged
     */
    public MergeResult merge(
            @Nullable EncodedValue base, EncodedValue ours, EncodedValue theirs, Predicate<String> wantedClasses) {
        if (ours.equals(base)) {
            return new Merged(theirs, List.of());
        }
        if (theirs.equals(base)) {
            return new Merged(ours, List.of());
        }
        try {
            return mergeDecoded(base, ours, theirs, wantedClasses);
        } catch (UnmergeableException e) {
            return new NotMerged(e.reason());
        }
    }

    /** Whether a value of this type may be merged at all; false: it is not worth the attempt. */
    public boolean mayMerge(Object value) {
        return Containers.isContainer(value) || Counters.areCounters(value, value) || registered.mayTake(value);
    }

    private MergeResult mergeDecoded(
            @Nullable EncodedValue base, EncodedValue ours, EncodedValue theirs, Predicate<String> wantedClasses)
            throws UnmergeableException {
        Object before = base == null ? null : decode(base, "what both have seen", className -> true);
        Object our = decode(ours, "what this node wrote", className -> true);
        Object their = decode(theirs, "what the other node wrote", wantedClasses);
        Merger merger = new Merger(codec, registered, budget(base, ours, theirs));
        if (before != null && merger.isSame(before, our)) {
            return new Merged(theirs, List.of());
        }
        if (before != null && merger.isSame(before, their)) {
            return new Merged(ours, List.of());
        }
        try {
            EncodedValue merged = encode(merger.merge(before, our, their));
            return new Merged(merged, merger.notes().texts());
        } finally {
            Reference.reachabilityFence(our); // holds what a WeakHashMap of theirs got from it
        }
    }

    private EncodedValue encode(Object merged) throws UnmergeableException {
        try {
            return codec.encode(merged);
        } catch (NotEncodableException e) {
            throw new UnmergeableException("what came of it cannot be stored: " + e.getMessage());
        } catch (ConcurrentModificationException e) {
            throw Failures.unmergeable(merged, e);
        }
    }

    private Object decode(EncodedValue value, String which, Predicate<String> wantedClasses)
            throws UnmergeableException {
        try {
            return codec.decode(value, wantedClasses);
        } catch (UnreadableAttributeException e) {
            throw new UnmergeableException(which + " cannot be read: " + e.reason());
        }
    }

    private static long budget(@Nullable EncodedValue base, EncodedValue ours, EncodedValue theirs) {
        long size = (base == null ? 0L : base.size()) + ours.size() + theirs.size();
        return LEAST_BUDGET + SHARE * size;
    }
}
