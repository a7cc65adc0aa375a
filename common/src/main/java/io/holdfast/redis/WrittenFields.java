package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.session.SessionMetadata;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Field {@code w}: which fields the latest commits wrote or removed. Nodes with a large copy of the record fetch only those.
 *
 * <pre>
 * digits    version of the record when this was written; if the record has another one, none of this counts
 * colon
 * commit    each of the latest, newest first, as many as fit
 *
 * commit    the names of its fields, each with its length before it, 1 byte; then a byte 0
 * </pre>
 *
 * Only commits and creations of large sessions write it. A commit of another release, or of a node to which the session is small, leaves it
 * as it is, and so makes it out of date.
 */
final class WrittenFields {
    /** In bytes. What does not fit has to be fetched with all of the record. */
    static final int MAX_LENGTH = 512;

    /** The record remembers one more; copies that are older than all that it remembers get everything anyway. */
    private static final int MOST_COMMITS = SessionMetadata.REMEMBERED_COMMITS - 1;

    private static final int MAX_NAME_LENGTH = 255;

    private WrittenFields() {}

    /**
     * The field behind a commit.
     *
     * @param before the field before it; null: there is none
     * @param version the version that the commit makes
     * @param fields what it writes or removes; null: not to be noted
     */
    static byte[] after(byte @Nullable [] before, long version, @Nullable List<byte[]> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(MAX_LENGTH);
        out.writeBytes(head(version));
        byte[] latest = fields == null ? null : commit(fields);
        if (latest == null || out.size() + latest.length > MAX_LENGTH) {
            return out.toByteArray();
        }
        out.writeBytes(latest);
        if (before != null) {
            addOlder(out, before, head(version - 1));
        }
        return out.toByteArray();
    }

    private static void addOlder(ByteArrayOutputStream out, byte[] before, byte[] head) {
        if (!Arrays.equals(head, 0, head.length, before, 0, Math.min(head.length, before.length))) {
            return;
        }
        int start = head.length;
        for (int commits = 1; commits < MOST_COMMITS && start < before.length; commits++) {
            int end = endOfCommit(before, start);
            if (end > before.length || out.size() + end - start > MAX_LENGTH) {
                return;
            }
            out.write(before, start, end - start);
            start = end;
        }
    }

    private static int endOfCommit(byte[] field, int start) {
        int next = start;
        while (next < field.length && field[next] != 0) {
            next += 1 + Byte.toUnsignedInt(field[next]);
        }
        return next + 1;
    }

    private static byte @Nullable [] commit(List<byte[]> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] field : fields) {
            if (field.length > MAX_NAME_LENGTH) {
                return null;
            }
            out.write(field.length);
            out.writeBytes(field);
        }
        out.write(0);
        return out.toByteArray();
    }

    private static byte[] head(long version) {
        return (version + ":").getBytes(US_ASCII);
    }
}
