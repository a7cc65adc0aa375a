package io.holdfast.tracking;

import io.holdfast.session.EncodedValue;
import io.holdfast.tracking.Use.NewObject;
import io.holdfast.tracking.Use.Write;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Objects that one request has put and not committed, and that others of its node are handed. Who changes one in place takes it along with
 * its own commit: else that change would be lost, behind its answer, if the request is refused that has put the object.
 */
final class NewObjects {
    private final AttributeMap map;

    NewObjects(AttributeMap map) {
        this.map = map;
    }

    /** Notes what an object is like that {@code use} is about to be handed, if it is one that somebody else has put. */
    void noteFor(Use reader, LiveValue live) {
        Use use = reader.orHeir();
        Write put = live.version() == 0 ? pendingPut(live) : null;
        if (put == null || use.hasPut(live) || !map.form().shares(live.name, live.object)) {
            return;
        }
        // noted before it is encoded, because that may run code of the application, which may ask for the object
        NewObject unknown = new NewObject(Optional.empty(), put.by());
        if (use.noteNewOfOther(live, unknown) && live.isNew()) {
            use.newOfOthers().put(live, new NewObject(Optional.ofNullable(encode(live)), put.by()));
        }
    }

    /** Lets {@code use} commit the objects it has changed that others of {@code all} have put. Guarded by the commit lock. */
    void adopt(Use use, Collection<Use> all) {
        forgetSettled(use, all);
        use.newOfOthers().forEach((live, noted) -> {
            if (!use.hasPut(live)
                    && noted.asItWas().isPresent()
                    && isChanged(live, noted.asItWas().get())) {
                putOf(live, all).ifPresent(put -> use.wrote(live.name, put));
            }
        });
    }

    /** Forgets what is committed by now, and what is replaced or taken back, unless {@code use} may have made something of it. */
    static void forgetSettled(Use use, Collection<Use> all) {
        if (use.newOfOthers().isEmpty()) {
            return;
        }
        use.newOfOthers()
                .keySet()
                .removeIf(live -> live.version() > 0
                        || (putOf(live, all).isEmpty() && !use.writes().containsKey(live.name)));
    }

    private @Nullable Write pendingPut(LiveValue live) {
        Slot slot = map.slots().get(live.name);
        Write pending = slot == null ? null : slot.pending();
        return pending != null && live.equals(pending.live()) ? pending : null;
    }

    /** Not if that cannot be told, because it cannot be encoded, or is being changed. */
    private boolean isChanged(LiveValue live, EncodedValue asItWas) {
        EncodedValue now = encode(live);
        return now != null && !now.equals(asItWas);
    }

    private @Nullable EncodedValue encode(LiveValue live) {
        return PatientEncoder.encodeQuietly(map.form().codec(), live.object);
    }

    private static Optional<Write> putOf(LiveValue live, Collection<Use> uses) {
        return uses.stream()
                .map(use -> use.putOf(live))
                .filter(Objects::nonNull)
                .findFirst();
    }
}
