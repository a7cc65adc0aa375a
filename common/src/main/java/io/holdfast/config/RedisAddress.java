package io.holdfast.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A checked address of a Redis server. {@link #toString()} leaves user and password out, so the object may be logged.
 *
 * @param uri the address as configured, password included
 */
public record RedisAddress(URI uri) {
    private static final Pattern DATABASE = Pattern.compile("/?|/\\d{1,5}");
    /** User and password, with what is before them; a password that is not percent-encoded may hold a slash or an at sign. */
    private static final Pattern USER = Pattern.compile("(?s)^([a-zA-Z]+:/*)?.*@");

    private static final int MAX_PORT = 65_535;

    static RedisAddress parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw Setting.REDIS_URI.refusal(
                    withoutUser(text), "is not a URI (percent-encode special characters of a password)", null);
        }
        String problem = problemOf(uri);
        if (problem != null) {
            throw Setting.REDIS_URI.refusal(withoutUser(text), problem, null);
        }
        return new RedisAddress(uri);
    }

    private static @Nullable String problemOf(URI uri) {
        if (!"redis".equals(uri.getScheme()) && !"rediss".equals(uri.getScheme())) {
            return "starts with neither redis:// nor rediss://";
        }
        if (uri.getHost() == null) {
            return "names no host (if it does, percent-encode special characters of user and password)";
        }
        if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            return "has a port outside 1 to " + MAX_PORT;
        }
        if (!DATABASE.matcher(uri.getPath()).matches()) {
            return "has a path that is no database number";
        }
        if (uri.getQuery() != null || uri.getFragment() != null) {
            return "has a query or fragment, which are not used here";
        }
        return null;
    }

    private static String withoutUser(String text) {
        return USER.matcher(text).replaceFirst("$1***@");
    }

    @Override
    public String toString() {
        return withoutUser(uri.toString());
    }
}
