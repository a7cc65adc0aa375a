package io.holdfast.localredis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The Redis that all tests of this JVM share. It is, in this order:
 *
 * <ol>
 *   <li>the one that the environment variable {@code HOLDFAST_TEST_REDIS} names by a {@code redis://} URI; if that does not
 *       answer, tests fail;
 *   <li>a container, where a Docker engine answers and Testcontainers is on the class path;
 *   <li>a {@link LocalRedis}: {@code redis-server} from the {@code PATH}, else the bundled one.
 * </ol>
 *
 * Which one it is, is printed once. A test without Redis is never skipped: the last choice needs nothing installed.
 *
 * <p><b>Never flush it</b>: other tests use it at the same time, and it may be somebody's own. Tests keep apart by keys of
 * their own; a test that needs an empty Redis, or breaks it, starts a {@link LocalRedis}.
 */
public final class TestRedis {
    private static final String VARIABLE = "HOLDFAST_TEST_REDIS";

    @GuardedBy("TestRedis.class")
    private static @Nullable TestRedis shared;

    private final String uri;
    private final String version;
    private final String origin;

    private TestRedis(String uri, String version, String origin) {
        this.uri = uri;
        this.version = version;
        this.origin = origin;
    }

    /** The shared Redis; the first call starts it, which takes as long as that takes. */
    public static synchronized TestRedis shared() {
        if (shared == null) {
            shared = choose(System.getenv(VARIABLE));
            System.out.println("[holdfast] tests use " + shared);
        }
        return shared;
    }

    /** Where it is, with the password if it has one. */
    public String uri() {
        return uri;
    }

    @Override
    public String toString() {
        return "Redis " + version + " at " + RedisUri.parse(uri) + " (" + origin + ")";
    }

    static TestRedis choose(@Nullable String configuredUri) {
        if (configuredUri != null && !configuredUri.isBlank()) {
            return configured(configuredUri);
        }
        if (!ContainerRedis.isSupported() || !DockerEngine.answers()) {
            return local("");
        }
        try {
            return running(ContainerRedis.start(), "container of " + ContainerRedis.IMAGE);
        } catch (RuntimeException e) {
            return local("; no container of " + ContainerRedis.IMAGE + ": " + e.getMessage());
        }
    }

    private static TestRedis configured(String uri) {
        try {
            return running(uri, "named by " + VARIABLE);
        } catch (UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    VARIABLE + " names a Redis that cannot be used (" + e.getMessage()
                            + "); start it or unset the variable",
                    e);
        }
    }

    private static TestRedis local(String remark) {
        LocalRedis redis = LocalRedis.start(); // closed by its shutdown hook
        return running(redis.uri(), redis.origin() + remark);
    }

    private static TestRedis running(String uri, String origin) {
        try (RespConnection connection = RespConnection.open(uri)) {
            String version = connection
                    .send("INFO", "server")
                    .text()
                    .lines()
                    .filter(line -> line.startsWith("redis_version:"))
                    .map(line -> line.substring("redis_version:".length()))
                    .findFirst()
                    .orElse("of unknown version");
            return new TestRedis(uri, version, origin);
        }
    }
}
