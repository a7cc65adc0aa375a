package io.holdfast.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.session.SessionId;
import io.holdfast.session.SessionIds;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Takes session ids apart, as Jetty knows them: without the name of the worker.
 *
 * <p>Ids of another form than {@link SessionIds} makes, such as those of Jetty's own id manager, have no name of a record in
 * them. Theirs is the beginning of the id's SHA-256, and their secret is what follows. So each id still leads to one record
 * and Redis does not tell the id, but a forged id costs a look into Redis, and an id that is changed names another record.
 */
final class JettyIds {
    private static final int RECORD_DIGITS = 16;
    private static final int SECRET_DIGITS = 32;

    private final boolean foreignAllowed;

    /** {@code foreignAllowed}: whether there can be ids of another form, which otherwise name no session. */
    JettyIds(boolean foreignAllowed) {
        this.foreignAllowed = foreignAllowed;
    }

    /** Which record an id names, and its secret; null: it can be no session's. */
    @Nullable
    SessionId parse(String id) {
        SessionId ours = SessionIds.parse(id);
        return ours == null && foreignAllowed ? hashed(id) : ours;
    }

    /** Whether an id is of another form, so that it does not follow from its record and a secret. */
    static boolean isForeign(String id) {
        return SessionIds.parse(id) == null;
    }

    private static SessionId hashed(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(UTF_8));
            String digits = HexFormat.of().formatHex(hash);
            return new SessionId(
                    digits.substring(0, RECORD_DIGITS), digits.substring(RECORD_DIGITS, RECORD_DIGITS + SECRET_DIGITS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
