package io.holdfast.redis;

import io.holdfast.session.SessionMetadata;
import io.holdfast.session.UnsupportedRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep writes to the index about entries that it has looked at, in one flush.
 *
 * <p>A node that commits a shorter time-out, ends a session or gives back the lease of an end writes to the index as well. If it does so between the sweep's look
 * and this, that is overwritten. So the same flush looks at these sessions once more, behind what it writes, and tells which
 * entries have to be due again. Whoever changes a session behind that second look writes to the index behind it too.
 */
final class IndexNotes {
    /** One command; with the entry that has to be looked at again, and what then shows that the command was wrong. */
    private record Note(
            Supplier<RedisCall> call, ExpiryIndex.@Nullable Entry entry, Predicate<EntryLook> isOvertaken) {}

    private final RedisKeys keys;
    private final TimeToLive timeToLive;
    private final List<Note> notes = new ArrayList<>();

    IndexNotes(RedisKeys keys, TimeToLive timeToLive) {
        this.keys = keys;
        this.timeToLive = timeToLive;
    }

    /** A command that rests on nothing that another node may change. */
    void add(Supplier<RedisCall> call) {
        notes.add(new Note(call, null, look -> false));
    }

    /** A command about a session that was alive, with this time-out. */
    void addAlive(Supplier<RedisCall> call, ExpiryIndex.Entry entry, int maxInactiveSeconds) {
        notes.add(new Note(call, entry, look -> endsEarlier(entry, maxInactiveSeconds, look)));
    }

    /** A command about an ended session whose end was leased. */
    void addLeased(Supplier<RedisCall> call, ExpiryIndex.Entry entry) {
        notes.add(new Note(call, entry, look -> look.hasEnded() && !timeToLive.isLeased(look.endedPttl())));
    }

    boolean isEmpty() {
        return notes.isEmpty();
    }

    /** The commands to send, anew each time. */
    List<RedisCall> calls() {
        List<RedisCall> calls = new ArrayList<>();
        notes.forEach(note -> calls.add(note.call.get()));
        for (Note note : notes) {
            if (note.entry != null) {
                calls.addAll(EntryLook.calls(note.entry, keys));
            }
        }
        return calls;
    }

    /** The entries for which another node's word was overwritten, or may have been, as the answered {@link #calls} tell. */
    List<ExpiryIndex.Entry> overtaken(List<RedisCall> answers) {
        List<ExpiryIndex.Entry> overtaken = new ArrayList<>();
        int next = notes.size();
        for (Note note : notes) {
            ExpiryIndex.Entry entry = note.entry;
            if (entry != null) {
                if (isOvertaken(note, entry, answers.subList(next, next + EntryLook.CALLS))) {
                    overtaken.add(entry);
                }
                next += EntryLook.CALLS;
            }
        }
        return overtaken;
    }

    private static boolean isOvertaken(Note note, ExpiryIndex.Entry entry, List<RedisCall> answers) {
        try {
            return note.isOvertaken.test(EntryLook.of(entry, answers));
        } catch (UnsupportedRecordException e) {
            return true; // a newer release has committed
        }
    }

    private static boolean endsEarlier(ExpiryIndex.Entry entry, int seen, EntryLook look) {
        SessionMetadata metadata = look.metadataOf(entry);
        if (metadata == null) {
            return look.hasEnded();
        }
        int now = metadata.maxInactiveSeconds();
        return now > 0 && (seen <= 0 || now < seen);
    }
}
