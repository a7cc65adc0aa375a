package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.session.SessionMetadata;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fields {@code w0} to {@code w6}: which fields the latest commits wrote or removed, each in the one of its version. Nodes with a large copy
 * of the record fetch only those.
 *
 * <pre>
 * digits    version that the commit made; that of an older commit means that nothing is noted of this one
 * colon
 * names     of its fields, each with its length before it, 1 byte
 * </pre>
 *
 * Only commits and creations of large sessions write them. A commit of another release, or of a node to which the session is small, leaves
 * them as they are. So no commit has to read what those before it have noted.
 */
final class WrittenFields {
    /** In bytes. A commit of which the note would be longer has to be fetched with all of the record. */
    static final int MAX_LENGTH = 512;

    /** The record remembers one more commit; copies that are older than all that it remembers get everything anyway. */
    static final int COMMITS = SessionMetadata.REMEMBERED_COMMITS - 1;

    private static final int MAX_NAME_LENGTH = 255;

    private WrittenFields() {}

    /**
     * The note of a commit; null: it is too long.
     *
     * @param version the version that the commit makes
     * @param fields what it writes or removes
     */
    static byte @Nullable [] note(long version, List<byte[]> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((version + ":").getBytes(US_ASCII));
        for (byte[] field : fields) {
            if (field.length > MAX_NAME_LENGTH || out.size() + 1 + field.length > MAX_LENGTH) {
                return null;
            }
            out.write(field.length);
            out.writeBytes(field);
        }
        return out.toByteArray();
    }
}
