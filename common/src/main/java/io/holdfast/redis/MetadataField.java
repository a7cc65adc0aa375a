package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.session.CommitId;
import io.holdfast.session.SecretHash;
import io.holdfast.session.SessionMetadata;
import io.holdfast.session.UnsupportedRecordException;
import io.holdfast.session.Writer;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of a record's metadata.
 *
 * <pre>
 * 1 byte    format of the record, 1
 * varint    created, milliseconds since the epoch
 * commit    the commit that created the record
 * varint    time-out in seconds, zigzag, since "never" may be negative
 * 32 bytes  SHA-256 of the secret of the valid id
 * 1 byte    number of remembered commits, 1 to 8
 * commit    each of them, newest first
 * 1 byte    number of remembered writers, 0 to 3
 * writer    each of them, newest first: for whom that commit was made
 *
 * commit    8 bytes node, big-endian; varint sequence
 * writer    node and request URI, each 1 byte length and UTF-8
 * varint    base 128, least significant group first, high bit set on all bytes but the last
 * </pre>
 *
 * Nothing may follow. About 300 bytes with eight commits.
 */
final class MetadataField {
    private static final byte FORMAT = 1;
    private static final int MAX_COMMIT_LENGTH = Long.BYTES + Varint.MAX_LENGTH;
    private static final int MAX_TEXT_LENGTH = 255;
    private static final int FINGERPRINT_LENGTH = 16;
    private static final int MAX_LENGTH = 2
            + 2 * Varint.MAX_LENGTH
            + SecretHash.LENGTH
            + (1 + SessionMetadata.REMEMBERED_COMMITS) * MAX_COMMIT_LENGTH
            + 1
            + SessionMetadata.REMEMBERED_WRITERS * 2 * (1 + MAX_TEXT_LENGTH);

    private MetadataField() {}

    static byte[] encode(SessionMetadata metadata) {
        ByteBuffer out = ByteBuffer.allocate(MAX_LENGTH);
        out.put(FORMAT);
        Varint.write(out, metadata.createdMillis());
        writeCommit(out, metadata.createdBy());
        Varint.write(out, Varint.zigzag(metadata.maxInactiveSeconds()));
        out.put(metadata.secretHash().toBytes());
        out.put((byte) metadata.recentCommits().size());
        metadata.recentCommits().forEach(commit -> writeCommit(out, commit));
        out.put((byte) metadata.recentWriters().size());
        metadata.recentWriters().forEach(writer -> {
            writeText(out, writer.node());
            writeText(out, writer.requestUri());
        });
        return Arrays.copyOf(out.array(), out.position());
    }

    /**
     * Tells the remembered commits from all others, in fewer bytes: the beginning of their SHA-256, each encoded as above. The latest alone
     * does not tell the state of a record: Redis may lose what came before it, and the commit be made once more on top of something else.
     */
    static byte[] fingerprint(SessionMetadata metadata) {
        ByteBuffer commits = ByteBuffer.allocate(SessionMetadata.REMEMBERED_COMMITS * MAX_COMMIT_LENGTH);
        metadata.recentCommits().forEach(commit -> writeCommit(commits, commit));
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(commits.flip());
            return Arrays.copyOf(sha256.digest(), FINGERPRINT_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * @param record name of the record, for the message
     * @throws UnsupportedRecordException when a newer release wrote the field, or it is damaged
     */
    static SessionMetadata decode(String record, byte[] field) {
        if (field.length > 0 && field[0] > FORMAT) {
            throw new UnsupportedRecordException("Session " + record + " has record format " + field[0]
                    + "; this release reads formats up to " + FORMAT
                    + ". A newer release of Holdfast wrote it: update this node, or give the two releases different "
                    + "namespaces. The record was left as it is.");
        }
        try {
            return decodeFormat1(ByteBuffer.wrap(field));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            UnsupportedRecordException damaged = new UnsupportedRecordException("The metadata of session " + record
                    + " (field m, " + field.length
                    + " bytes) are damaged. Something else writes to this key; find it, then delete the key to end the "
                    + "session. The record was left as it is.");
            damaged.initCause(e);
            throw damaged;
        }
    }

    private static SessionMetadata decodeFormat1(ByteBuffer in) {
        byte format = in.get();
        if (format != FORMAT) {
            throw new IllegalArgumentException("format " + format);
        }
        long createdMillis = Varint.read(in);
        CommitId createdBy = readCommit(in);
        int maxInactiveSeconds = Math.toIntExact(Varint.unzigzag(Varint.read(in)));
        byte[] hash = new byte[SecretHash.LENGTH];
        in.get(hash);
        int count = in.get();
        List<CommitId> commits = new ArrayList<>(SessionMetadata.REMEMBERED_COMMITS);
        for (int i = 0; i < count; i++) {
            commits.add(readCommit(in));
        }
        int writerCount = in.get();
        List<Writer> writers = new ArrayList<>(SessionMetadata.REMEMBERED_WRITERS);
        for (int i = 0; i < writerCount; i++) {
            writers.add(new Writer(readText(in), readText(in)));
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException(in.remaining() + " bytes too many");
        }
        return new SessionMetadata(
                createdMillis, createdBy, maxInactiveSeconds, SecretHash.ofBytes(hash), commits, writers);
    }

    private static void writeCommit(ByteBuffer out, CommitId commit) {
        out.putLong(commit.node());
        Varint.write(out, commit.sequence());
    }

    private static CommitId readCommit(ByteBuffer in) {
        return new CommitId(in.getLong(), Varint.read(in));
    }

    /** Texts of a {@link Writer} are short; of three bytes for each character at most. */
    private static void writeText(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        out.put((byte) bytes.length);
        out.put(bytes);
    }

    private static String readText(ByteBuffer in) {
        byte[] bytes = new byte[Byte.toUnsignedInt(in.get())];
        in.get(bytes);
        return new String(bytes, UTF_8);
    }
}
