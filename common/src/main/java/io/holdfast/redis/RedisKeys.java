package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.session.CommitId;
import java.util.HexFormat;

/**
 * The names in Redis: one hash per session, one text for each that is leased, the index of their ends, and one stream.
 *
 * <pre>
 * key    holdfast:NAMESPACE:{RECORD}   braces: everything of one session shares a cluster slot
 * field  v       version, decimal digits
 * field  m       metadata, see {@link MetadataField}
 * field  t       the commit whose turn it is, mostly absent, see {@link Turn}
 * field  w0 ...  which fields one of the latest commits wrote, only in large sessions, see {@link WrittenFields}
 * field  c       tells the remembered commits in m, only in large sessions, see {@link MetadataField#fingerprint}
 * field  @NAME   the application's attribute NAME, see {@link AttributeField}
 * field  $NAME   the container's own state NAME, same form, invisible to the application
 *
 * key    holdfast:NAMESPACE:{RECORD}:lock  text: who holds the lease of the record; also the name of a channel, see
 *                                          {@link RedisLeases}
 * key    holdfast:NAMESPACE:{RECORD}:ended:CREATION   the same hash once the session has ended, until listeners were told
 * field  l       the lease: which node tells them
 * key    holdfast:NAMESPACE:{RECORD}:fence  is never there, but watched and written, see {@link ExpiryIndex}
 *
 * key    holdfast:NAMESPACE:expiry:DIGIT   sorted set, see {@link ExpiryIndex}
 * key    holdfast:NAMESPACE:conflicts      stream, see {@link ConflictJournal}
 * </pre>
 *
 * Names are UTF-8. CREATION is the commit that created the record: its node, 16 hexadecimal digits, a minus and its sequence
 * number in hexadecimal digits. DIGIT is the first of the record's name.
 */
final class RedisKeys {
    private static final char ATTRIBUTE = '@';
    private static final char CONTAINER_STATE = '$';
    private static final char WRITTEN = 'w';
    private static final byte[] VERSION = {'v'};
    private static final byte[] METADATA = {'m'};
    private static final byte[] TURN = {'t'};
    private static final byte[] LEASE = {'l'};
    private static final byte[] FINGERPRINT = {'c'};

    private final String prefix;

    RedisKeys(String namespace) {
        prefix = "holdfast:" + namespace + ":";
    }

    /** The key of a record. */
    byte[] key(String record) {
        return (prefix + "{" + record + "}").getBytes(UTF_8);
    }

    /** The key of the lease of a record, and the channel that tells when it is given back. */
    byte[] lock(String record) {
        return (prefix + "{" + record + "}:lock").getBytes(UTF_8);
    }

    /** The key under which the session that {@code createdBy} created is kept once it has ended. */
    byte[] ended(String record, CommitId createdBy) {
        return (prefix + "{" + record + "}:ended:" + creation(createdBy)).getBytes(UTF_8);
    }

    /** A key that is there for no longer than a script runs: who watches it has to look again when a sweep looks at the record. */
    byte[] fence(String record) {
        return (prefix + "{" + record + "}:fence").getBytes(UTF_8);
    }

    /** The key of one bucket of the index of ends; {@code digit} is a hexadecimal one. */
    byte[] expiry(char digit) {
        return (prefix + "expiry:" + digit).getBytes(UTF_8);
    }

    /** A commit, as part of a name. */
    static String creation(CommitId commit) {
        return HexFormat.of().toHexDigits(commit.node()) + "-" + Long.toHexString(commit.sequence());
    }

    /** The key of the journal of conflicts. */
    byte[] conflicts() {
        return (prefix + "conflicts").getBytes(UTF_8);
    }

    static byte[] version() {
        return VERSION.clone();
    }

    static byte[] metadata() {
        return METADATA.clone();
    }

    static byte[] turn() {
        return TURN.clone();
    }

    /** Where the commit that makes this version notes which fields it writes. */
    static byte[] written(long version) {
        return new byte[] {(byte) WRITTEN, (byte) ('0' + version % WrittenFields.COMMITS)};
    }

    static byte[] fingerprint() {
        return FINGERPRINT.clone();
    }

    static byte[] lease() {
        return LEASE.clone();
    }

    static byte[] attribute(String name) {
        return (ATTRIBUTE + name).getBytes(UTF_8);
    }

    static byte[] containerState(String name) {
        return (CONTAINER_STATE + name).getBytes(UTF_8);
    }

    static boolean isVersion(byte[] field) {
        return field.length == 1 && field[0] == VERSION[0];
    }

    static boolean isMetadata(byte[] field) {
        return field.length == 1 && field[0] == METADATA[0];
    }

    static boolean isAttribute(byte[] field) {
        return field.length > 0 && field[0] == ATTRIBUTE;
    }

    static boolean isContainerState(byte[] field) {
        return field.length > 0 && field[0] == CONTAINER_STATE;
    }

    /** The name in an attribute's or a container state's field. */
    static String name(byte[] field) {
        return new String(field, 1, field.length - 1, UTF_8);
    }
}
