package io.holdfast.session;

import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes and reads session ids: 16 hexadecimal digits that name the record, 32 that are the secret, and optionally a dot
 * and the route of the node that issued the id.
 *
 * <p>Anything of another shape names no session, and finding that out costs no command: scanners and forged cookies never
 * reach Redis.
 */
public final class SessionIds {
    private static final int RECORD_DIGITS = 16;
    private static final int SECRET_DIGITS = 32;
    private static final int ID_DIGITS = RECORD_DIGITS + SECRET_DIGITS;
    private static final int MAX_ROUTE_LENGTH = 64;
    private static final HexFormat HEX = HexFormat.of();

    private SessionIds() {}

    /**
     * A new id for a new record.
     *
     * @param random fills an array with bytes from a cryptographically strong source
     */
    public static SessionId create(Consumer<byte[]> random) {
        return new SessionId(hex(random, RECORD_DIGITS), hex(random, SECRET_DIGITS));
    }

    /** A new id for an existing record: same record, new secret. The old id is dead once the new secret is committed. */
    public static SessionId renew(String record, Consumer<byte[]> random) {
        return new SessionId(record, hex(random, SECRET_DIGITS));
    }

    /** The id in {@code value}, route cut off, or null when it has not the shape of an id of ours. */
    public static @Nullable SessionId parse(@Nullable String value) {
        if (value == null || value.length() < ID_DIGITS || !isLowerCaseHex(value) || !hasValidRoute(value)) {
            return null;
        }
        return new SessionId(value.substring(0, RECORD_DIGITS), value.substring(RECORD_DIGITS, ID_DIGITS));
    }

    /** The part of an id of any shape that may be shown in a log: the record of one of ours, otherwise nothing of it. */
    public static String forLog(@Nullable String value) {
        SessionId id = parse(value);
        return id == null ? "(foreign id)" : id.record();
    }

    private static boolean isLowerCaseHex(String value) {
        for (int i = 0; i < ID_DIGITS; i++) {
            char c = value.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasValidRoute(String value) {
        if (value.length() == ID_DIGITS) {
            return true;
        }
        int routeLength = value.length() - ID_DIGITS - 1;
        return value.charAt(ID_DIGITS) == '.'
                && routeLength >= 1
                && routeLength <= MAX_ROUTE_LENGTH
                && value.chars().skip(ID_DIGITS + 1).allMatch(SessionIds::isRouteCharacter);
    }

    private static boolean isRouteCharacter(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '-'
                || c == '_'
                || c == '.';
    }

    private static String hex(Consumer<byte[]> random, int digits) {
        byte[] bytes = new byte[digits / 2];
        random.accept(bytes);
        return HEX.formatHex(bytes);
    }
}
