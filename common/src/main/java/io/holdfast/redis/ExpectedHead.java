package io.holdfast.redis;

import io.holdfast.session.KnownCopy;
import io.holdfast.session.SessionDelta;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head that a node expects to find in a large record, told from all others by fewer bytes than it has. Each change of the metadata is a
 * commit, so with this version and these remembered commits it is what the node knows.
 */
final class ExpectedHead {
    private final RecordHead head;
    private final byte[] version;
    private final byte[] fingerprint;

    private ExpectedHead(RecordHead head) {
        this.head = head;
        version = RecordHead.encodeVersion(head.version());
        fingerprint = MetadataField.fingerprint(head.metadata());
    }

    /**
     * Null: the record is not large, or it is of no use. A record of which the node does not know the state on which the delta rests will hardly be as it
     * knows it; and a delta without attributes needs no second look, with which the head could come.
     */
    static @Nullable ExpectedHead of(SessionDelta delta) {
        KnownCopy copy = delta.largeCopy();
        if (copy == null
                || !copy.isWhole()
                || copy.version() != delta.baseVersion()
                || delta.attributes().isEmpty()) {
            return null;
        }
        return new ExpectedHead(new RecordHead(copy.version(), copy.metadata()));
    }

    RecordHead head() {
        return head;
    }

    /** Whether the record has it, by the answer to {@code HMGET v c}. */
    boolean isIn(List<@Nullable Object> answer) {
        return isOfItsVersion(answer) && Arrays.equals(fingerprint, (byte[]) answer.get(1));
    }

    /** Whether the record has that version, by the same answer. */
    boolean isOfItsVersion(List<@Nullable Object> answer) {
        return Arrays.equals(version, (byte[]) answer.get(0));
    }
}
