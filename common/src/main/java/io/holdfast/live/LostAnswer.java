package io.holdfast.live;

import io.holdfast.session.CommitId;
import io.holdfast.session.SessionMetadata;
import io.holdfast.session.SessionSnapshot;
import io.holdfast.tracking.Use;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The commit of one session whose answer was lost, until the record tells what became of it. If it took effect, what it wrote is no
 * change any more: committed once more, on the old basis, it would be merged with itself. There is never more than one, as nothing
 * else is written before its fate is known. Guarded by the session's commit lock, but for {@link #isTimeOutInDoubt}.
 */
final class LostAnswer {
    private record Lost(
            CommitId commit, long version, Captured captured, Set<String> attributes, LongConsumer applied) {}

    private @Nullable Lost lost;
    private volatile boolean timeOutInDoubt;

    /**
     * The answer to this commit was lost.
     *
     * @param version of the record, which the commit made, if it has taken effect
     * @param applied told the version that it made, if it turns out to have taken effect
     */
    void of(CommitId commit, long version, Captured captured, LongConsumer applied) {
        Set<String> attributes = Set.copyOf(captured.attributes().changes().keySet());
        lost = new Lost(commit, version, captured, attributes, applied);
        timeOutInDoubt = captured.maxInactive() != null;
    }

    /**
     * Whether the record may hold another time-out than the local copy, as such a commit was to write it. Any thread may ask; it is no
     * only when the copy holds what became of it.
     */
    boolean isTimeOutInDoubt() {
        return timeOutInDoubt;
    }

    /** Whether there is such a commit. */
    boolean isOpen() {
        return lost != null;
    }

    /**
     * Whether one of these uses was handed, or has put or removed, one of the attributes that the commit was to write, or has set some of the
     * container's state that it was to write. That what it leaves is what the record held before is no reason to write nothing.
     *
     * @param state what these uses have set of the container's state
     */
    boolean concerns(Collection<Use> uses, ContainerState.Capture state) {
        Lost open = lost;
        return open != null
                && (open.attributes().stream().anyMatch(name -> uses.stream().anyMatch(use -> use.knows(name)))
                        || !Collections.disjoint(
                                open.captured().state().changes().keySet(), state.names()));
    }

    /** If the record remembers the commit, it is as if its answer came now. To be asked before {@code snapshot} is worked in. */
    void lookFor(SessionSnapshot snapshot) {
        Lost open = lost;
        boolean found = isCreationOf(snapshot)
                || (open != null && snapshot.metadata().recentCommits().contains(open.commit()));
        if (open != null && found) {
            lost = null;
            open.applied().accept(open.version());
            open.captured().attributes().decodeAgain(); // a request that was refused may change them still
        }
    }

    /** The local copy holds what {@link #lookFor} was asked about. */
    void workedIn() {
        if (lost == null) {
            timeOutInDoubt = false;
        }
    }

    /** Whether the commit has created that record. */
    boolean isCreationOf(SessionSnapshot snapshot) {
        Lost open = lost;
        return open != null && snapshot.metadata().createdBy().equals(open.commit());
    }

    /**
     * The commit takes no effect any more, and {@link #lookFor} has not found it in that version of the record.
     *
     * @return what it was to write, if the record may have forgotten it; null: it has taken no effect
     */
    @Nullable
    Captured concluded(long version) {
        Lost open = lost;
        lost = null;
        workedIn();
        return open != null && version - open.version() >= SessionMetadata.REMEMBERED_COMMITS ? open.captured() : null;
    }
}
