package io.holdfast.merge;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.session.EncodedValue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can be learned from a second copy of an object, encoded and decoded once more. */
final class Copies {
    private final AttributeCodec codec;

    Copies(AttributeCodec codec) {
        this.codec = codec;
    }

    Object of(Object object) {
        return codec.decode(codec.encode(object));
    }

    /**
     * Makes sure that a map or set finds copies of its keys. Otherwise all that one side left alone would look as if it had
     * been removed and added again.
     *
     * @throws UnmergeableException when it does not; names the class at fault
     */
    void requireEqualKeys(Entries entries) throws UnmergeableException {
        List<@Nullable Object> keys = entries.keys();
        List<?> copies = (List<?>) of(keys);
        for (int i = 0; i < copies.size(); i++) {
            requireEqualKey(entries, keys.get(i), copies.get(i));
        }
    }

    private static void requireEqualKey(Entries entries, @Nullable Object key, @Nullable Object copy)
            throws UnmergeableException {
        if (!entries.has(copy)) {
            boolean equal = Objects.equals(key, copy);
            throw new UnmergeableException(
                    equal
                            ? "a " + Names.of(entries.container()) + " does not find its "
                                    + EntriesMerge.nounOf(entries) + " again that are a " + Names.of(key)
                            : Names.of(key) + " defines no equals, so its " + EntriesMerge.nounOf(entries)
                                    + " cannot be compared");
        }
    }

    /**
     * Makes sure that we changed nothing of a map, set or list but its content: only that is merged.
     *
     * @param base null: there was nothing
     * @throws UnmergeableException when we did, or may have done
     */
    void requireSameShell(@Nullable Object base, Object ours, Object theirs) throws UnmergeableException {
        if (Containers.isPlain(ours) && Containers.isPlain(theirs)) {
            return;
        }
        if (ours.getClass() != theirs.getClass()) {
            throw UnmergeableException.ofClasses(ours, theirs);
        }
        Object before = base == null ? theirs : base;
        if (ours.getClass() != before.getClass()) {
            throw UnmergeableException.ofReplacement(before, ours);
        }
        if (!shellOf(ours).equals(shellOf(before))) {
            throw new UnmergeableException(
                    "a " + Names.of(ours) + " holds more than its content, and that was changed");
        }
    }

    /** Copied once more, empty, because some are encoded with the capacity they have grown to. */
    private EncodedValue shellOf(Object container) {
        Object shell = of(container);
        Containers.clear(shell);
        return codec.encode(of(shell));
    }
}
