package io.holdfast.codec;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.util.MapReferenceResolver;
import java.io.Serializable;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the objects of one graph, so that what was one object before is one object afterwards, and cycles end.
 * Values ({@link ImmutableTypes#isValue}) are left out: cheaper, and two equal strings then encode like one shared
 * string. Belongs to one Kryo.
 */
@SuppressWarnings("rawtypes") // Kryo's signatures
final class SharedObjects extends MapReferenceResolver {
    private final IdentityHashMap<Object, Object> standIns = new IdentityHashMap<>();
    private final Set<Object> unfinished = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Numbers of the objects that were referred to while reading. */
    private final BitSet referredTo = new BitSet();

    private final IdentityHashMap<Object, MissingObject> missing = new IdentityHashMap<>();

    /** What is written for {@code object}: mostly itself, and the same each time in one graph. */
    @SuppressWarnings("ReferenceEquality") // an equal one is not the same
    Object standInFor(Object object) {
        boolean linked = object.getClass() == LinkedHashMap.class;
        if (object instanceof Serializable && !linked) {
            return object;
        }
        Object known = standIns.get(object);
        if (known != null) {
            return known;
        }
        Object standIn = linked ? AccessOrdered.orItself((LinkedHashMap<?, ?>) object) : StandIns.of(object);
        if (standIn != object) {
            standIns.put(object, standIn);
        }
        return standIn;
    }

    /** Notes that {@code object} is being written and cannot be referred to until all its parts are read. */
    void begin(Object object) {
        unfinished.add(object);
    }

    void end(Object object) {
        unfinished.remove(object);
    }

    /** Notes that {@code object}, all of whose parts have been read, is missing because {@code part} is. */
    void markMissing(Object object, MissingObject part) {
        if (isReferredTo(object)) {
            throw part.failure(); // something inside it took it for whole, and may be wanted
        }
        missing.put(object, part);
    }

    /** Looks for the object, because nearly never anybody asks. */
    @SuppressWarnings("ReferenceEquality") // this very object
    private boolean isReferredTo(Object object) {
        for (int id = referredTo.nextSetBit(0); id >= 0; id = referredTo.nextSetBit(id + 1)) {
            if (super.getReadObject(object.getClass(), id) == object) {
                return true;
            }
        }
        return false;
    }

    /** What was read, or what makes it missing. */
    @Nullable
    Object orMissing(@Nullable Object object) {
        MissingObject part = object == null || missing.isEmpty() ? null : missing.get(object);
        return part == null ? object : part;
    }

    /** To be called after the last question for a graph: Kryo calls {@link #reset} too early for that. */
    void forgetMissing() {
        missing.clear();
    }

    @Override
    public int getWrittenId(Object object) {
        int id = super.getWrittenId(object);
        if (id != -1 && !unfinished.isEmpty() && unfinished.contains(object)) {
            throw new UnstorableValueException(
                    object.getClass(), "it contains itself, and could not be put together again");
        }
        return id;
    }

    @Override
    public Object getReadObject(Class type, int id) {
        Object object = super.getReadObject(type, id);
        if (object == null) {
            throw new KryoException("a reference to an object that is not complete");
        }
        referredTo.set(id);
        return object;
    }

    @Override
    public boolean useReferences(Class type) {
        Class<?> asked = type;
        return !ImmutableTypes.isValue(asked);
    }

    @Override
    public void reset() {
        super.reset();
        // Clearing an empty one costs as much as clearing a full one
        if (!unfinished.isEmpty()) {
            unfinished.clear();
        }
        if (!referredTo.isEmpty()) {
            referredTo.clear();
        }
        if (!standIns.isEmpty()) {
            standIns.clear();
        }
    }
}
