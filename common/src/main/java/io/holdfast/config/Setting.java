package io.holdfast.config;

import com.google.errorprone.annotations.Immutable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Every setting there is: its name in a configuration file, what values it takes, its default and what it is for. The table
 * in the README is made from this, and the documentation strings are its text.
 */
public enum Setting {
    REDIS_URI(
            "redisUri",
            Group.ESSENTIAL,
            "redis://[[user:]password@]host[:port][/database] or rediss://… for TLS",
            null,
            "The Redis that holds the sessions; the same for all nodes."),
    NAMESPACE(
            "namespace",
            Group.USUAL,
            "1 to 100 of A-Z a-z 0-9 . _ - / :",
            null,
            "Keeps applications apart that share a Redis: the second part of every key. By default host and context name, "
                    + "e.g. `localhost/shop`. All nodes of one application need the same."),
    COMMAND_TIMEOUT_MILLIS(
            "commandTimeoutMillis",
            Group.USUAL,
            new Range(10, 60_000),
            2_000,
            "Milliseconds a request waits for one answer of Redis before it ends with 503."),
    TOUCH_INTERVAL_SECONDS(
            "touchIntervalSeconds",
            Group.RARE,
            new Range(1, 3_600),
            30,
            "A node notes in Redis that a session is in use at most once in so many seconds, or in a twentieth of the "
                    + "session's time-out if that is shorter. A session may end that much later than its time-out "
                    + "says, never earlier."),
    EXPIRY_GRACE_SECONDS(
            "expiryGraceSeconds",
            Group.RARE,
            new Range(10, 86_400),
            300,
            "Seconds an ended session waits in Redis for a node that tells the listeners; then Redis drops it."),
    COMMIT_LANES(
            "commitLanes",
            Group.RARE,
            new Range(1, 64),
            4,
            "Connections that commits share. Each session always uses the same one."),
    COMMIT_ATTEMPTS(
            "commitAttempts",
            Group.RARE,
            new Range(1, 1_000),
            32,
            "How often a commit that another node overtook is tried again before the request ends with 503."),
    LARGE_SESSION_BYTES(
            "largeSessionBytes",
            Group.RARE,
            new Range(0, 1 << 30),
            32 * 1024,
            "A local copy of at least this size is first checked by version and fetched only when it changed; a smaller "
                    + "one is simply fetched again.");

    /** Where a setting stands in the documentation. */
    public enum Group {
        ESSENTIAL,
        USUAL,
        RARE
    }

    /**
     * The whole numbers a setting takes.
     *
     * @param min smallest value
     * @param max largest value
     */
    @Immutable
    public record Range(int min, int max) {
        @Override
        public String toString() {
            return min + " to " + max;
        }
    }

    private final String key;
    private final Group group;
    private final String takes;
    private final @Nullable Range range;
    private final @Nullable Integer defaultNumber;
    private final String purpose;

    Setting(String key, Group group, String takes, @Nullable Integer noDefault, String purpose) {
        this.key = key;
        this.group = group;
        this.takes = takes;
        this.range = null;
        this.defaultNumber = noDefault;
        this.purpose = purpose;
    }

    Setting(String key, Group group, Range range, int defaultNumber, String purpose) {
        this.key = key;
        this.group = group;
        this.takes = range.toString();
        this.range = range;
        this.defaultNumber = defaultNumber;
        this.purpose = purpose;
    }

    /** The name in a configuration file. */
    public String key() {
        return key;
    }

    /** Where it stands in the documentation. */
    public Group group() {
        return group;
    }

    /** The values it takes, in words. */
    public String takes() {
        return takes;
    }

    /** The default in words. */
    public String defaultText() {
        return switch (this) {
            case REDIS_URI -> "none, must be set";
            case NAMESPACE -> "host/context";
            default -> String.valueOf(defaultNumber);
        };
    }

    /** What it is for. */
    public String purpose() {
        return purpose;
    }

    /** The setting called {@code key}, or null. */
    public static @Nullable Setting named(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst()
                .orElse(null);
    }

    int defaultNumber() {
        if (defaultNumber == null) {
            throw new IllegalStateException(key + " has no default number");
        }
        return defaultNumber;
    }

    int parseNumber(String text) {
        if (range == null) {
            throw new IllegalStateException(key + " is not a number");
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= range.min() && number <= range.max()) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw refusal(text, "is not a whole number", e);
        }
        throw refusal(text, "is out of range", null);
    }

    InvalidSettingException refusal(String text, String problem, @Nullable Throwable cause) {
        return new InvalidSettingException(
                "Setting " + key + "=\"" + text + "\" " + problem + ". It takes " + takes + "; default: "
                        + defaultText() + ". " + purpose,
                cause);
    }
}
