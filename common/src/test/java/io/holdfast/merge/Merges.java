package io.holdfast.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.merge.MergeResult.Merged;
import io.holdfast.merge.MergeResult.NotMerged;
import io.holdfast.session.EncodedValue;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Merges of objects, as two nodes would bring them about. */
final class Merges {
    static final AttributeCodec CODEC = new KryoAttributeCodec(Merges.class.getClassLoader(), value -> false);

    private Merges() {}

    static MergeResult merge(Mergers mergers, @Nullable Object base, Object ours, Object theirs) {
        EncodedValue before = base == null ? null : CODEC.encode(base);
        return new ThreeWayMerge(CODEC, mergers).merge(before, CODEC.encode(ours), CODEC.encode(theirs));
    }

    static MergeResult merge(@Nullable Object base, Object ours, Object theirs) {
        return merge(Mergers.NONE, base, ours, theirs);
    }

    static <T> MergeResult merge(T base, Consumer<T> ours, Consumer<T> theirs) {
        return merge(base, changed(base, ours), changed(base, theirs));
    }

    /** What comes of three values, if nothing is lost. */
    @SuppressWarnings("unchecked") // the result is of theirs' class
    static <T> T merged(@Nullable Object base, Object ours, T theirs) {
        MergeResult result = merge(base, ours, theirs);
        assertThat(result).isInstanceOf(Merged.class);
        assertThat(((Merged) result).notes()).isEmpty();
        return (T) value(result);
    }

    /** What comes of two changes of one value, if nothing is lost. */
    static <T> T merged(T base, Consumer<T> ours, Consumer<T> theirs) {
        return merged(base, changed(base, ours), changed(base, theirs));
    }

    /** A copy of a value, as another node would have it, with a change. */
    static <T> T changed(T value, Consumer<T> change) {
        T copy = copy(value);
        change.accept(copy);
        return copy;
    }

    @SuppressWarnings("unchecked") // decoded objects are of the class they were encoded from
    static <T> T copy(T value) {
        return (T) CODEC.decode(CODEC.encode(value));
    }

    static Object value(MergeResult result) {
        assertThat(result).isInstanceOf(Merged.class);
        return CODEC.decode(((Merged) result).value());
    }

    static List<String> notes(MergeResult result) {
        assertThat(result).isInstanceOf(Merged.class);
        return ((Merged) result).notes();
    }

    static String reason(MergeResult result) {
        assertThat(result).isInstanceOf(NotMerged.class);
        return ((NotMerged) result).reason();
    }
}
