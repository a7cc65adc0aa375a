package io.holdfast.localredis;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A {@code redis://[user:password@]host[:port][/database]} URI, as tests and the demo use it. No TLS, no Sentinel. */
record RedisUri(URI uri) {
    private static final int DEFAULT_PORT = 6379;

    RedisUri {
        if (!"redis".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("expected redis://[user:password@]host[:port][/database], got a URI with"
                    + " scheme " + uri.getScheme() + " and host " + uri.getHost());
        }
    }

    static RedisUri parse(String uri) {
        return new RedisUri(URI.create(uri));
    }

    String host() {
        return uri.getHost();
    }

    int port() {
        return uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    }

    /** The arguments of {@code AUTH}, or null where the URI names no password. */
    Object @Nullable [] authentication() {
        String userInfo = uri.getUserInfo();
        if (userInfo == null) {
            return null;
        }
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? "" : userInfo.substring(0, colon);
        String password = userInfo.substring(colon + 1);
        return user.isEmpty() ? new Object[] {"AUTH", password} : new Object[] {"AUTH", user, password};
    }

    int database() {
        String path = uri.getPath();
        return path == null || path.length() < 2 ? 0 : Integer.parseInt(path.substring(1));
    }

    /** The same user, password and database at another address. */
    String at(String otherHost, int otherPort) {
        String userInfo = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
        return "redis://" + userInfo + otherHost + ":" + otherPort + uri.getRawPath();
    }

    /** For messages: the URI without its password. */
    @Override
    public String toString() {
        return "redis://" + (uri.getRawUserInfo() == null ? "" : "***@") + host() + ":" + port() + uri.getRawPath();
    }
}
