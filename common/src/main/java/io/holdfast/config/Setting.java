package io.holdfast.config;

import com.google.errorprone.annotations.Immutable;
import java.util.Arrays;
import java.util.List;
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
            "none, must be set",
            "The Redis that holds the sessions; the same for all nodes."),
    NAMESPACE(
            "namespace",
            Group.USUAL,
            "1 to 100 of A-Z a-z 0-9 . _ - / :",
            "host/context",
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
            "Seconds an ended session waits in Redis for a node that tells the listeners; then Redis drops it. Longer than all "
                    + "nodes are ever down together."),
    REAPER_INTERVAL_SECONDS(
            "reaperIntervalSeconds",
            Group.RARE,
            new Range(1, 3_600),
            10,
            "Each node looks for sessions that have ended once in about so many seconds; the first that does tells the "
                    + "listeners. At most half of expiryGraceSeconds. See docs/expiry.md."),
    COMMIT_LANES(
            "commitLanes",
            Group.RARE,
            new Range(1, 64),
            1,
            "Connections that commits share. Each session always uses the same one, on which the commits of several that wait "
                    + "go together: more connections take more processor time, and may be quicker where Redis is far away."),
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
            "Of a session of at least this size a node fetches only what others have changed since it last did. A smaller one is "
                    + "simply fetched again."),
    LOCAL_COPIES(
            "localCopies",
            Group.RARE,
            new Range(0, 10_000_000),
            10_000,
            "A node keeps copies of so many sessions between requests, to spare the decoding; then those used longest ago are "
                    + "dropped. Sessions with values that cannot be stored are kept in any case, until they end."),
    LOCAL_COPIES_MEGABYTES(
            "localCopiesMegabytes",
            Group.RARE,
            new Range(0, 1_000_000),
            64,
            "Likewise, when all copies together hold more of Redis than that. In the heap, a session in use takes several times "
                    + "as much."),
    LOCAL_COPY_IDLE_SECONDS(
            "localCopyIdleSeconds",
            Group.RARE,
            new Range(1, 86_400),
            600,
            "A copy that no request has used for so many seconds is dropped."),
    CONFLICT_POLICY(
            "conflictPolicy",
            Group.USUAL,
            "policies and pattern=policy, separated by semicolons",
            "merge",
            "What becomes of an attribute that two requests wrote without having seen each other's value: `merge` (where that "
                    + "cannot be done, the last write wins), `last-write-wins`, `first-write-wins`, or `fail`, which fails "
                    + "the later request. A policy alone is for all attributes, `pattern=policy` for those whose whole name "
                    + "matches the regular expression; the first that matches decides, e.g. "
                    + "`merge; cart=fail; csrf.*=first-write-wins`. See docs/concurrency.md."),
    CONFLICT_STATUS(
            "conflictStatus",
            Group.RARE,
            List.of("409", "503"),
            "HTTP status of a request whose commit fails by the policy `fail`, or that has lost its lease (`exclusive`)."),
    ATTRIBUTE_MERGERS(
            "attributeMergers",
            Group.RARE,
            "class names, separated by ,",
            "none",
            "Classes of the application that merge values of its own types, besides those it names in "
                    + "`META-INF/services/io.holdfast.merge.AttributeMerger`. See docs/concurrency.md."),
    CONFLICT_JOURNAL_ENTRIES(
            "conflictJournalEntries",
            Group.RARE,
            new Range(0, 1_000_000),
            10_000,
            "About so many conflicts are kept, for operators, in the Redis stream `holdfast:NAMESPACE:conflicts`; 0: none."),
    EXCLUSIVE(
            "exclusive",
            Group.USUAL,
            "none, session or pattern:regular expression",
            "none",
            "Which requests of one session run one after the other, on all nodes together: none, all that use their session, "
                    + "or those whose whole path, with the context path, matches, e.g. `pattern:/shop/cart/.*`. For "
                    + "code such as `set(get() + 1)` that nobody may touch. See docs/concurrency.md."),
    EXCLUSIVE_WAIT_MILLIS(
            "exclusiveWaitMillis",
            Group.RARE,
            new Range(0, 600_000),
            30_000,
            "Milliseconds an exclusive request waits for others of its session, in all, before it ends with 503."),
    EXCLUSIVE_LEASE_MILLIS(
            "exclusiveLeaseMillis",
            Group.RARE,
            new Range(500, 600_000),
            10_000,
            "Milliseconds after which an exclusive request's session is free again if its node dies. A node that lives renews "
                    + "it every third of that time. Longer than a node ever pauses, e.g. to collect garbage: a request that has "
                    + "lost its lease stores nothing."),
    NODE_NAME(
            "nodeName",
            Group.RARE,
            "1 to 40 of A-Z a-z 0-9 . _ - :",
            "host name and process id",
            "The node's name where conflicts are told. Each node has its own."),
    CLASS_FILTER(
            "classFilter",
            Group.USUAL,
            "class patterns of jdk.serialFilter, separated by semicolons",
            "all classes but known gadgets",
            "Classes that may be stored in and read from attributes, e.g. `com.acme.**;!*` for those of one company and the "
                    + "JDK's data types. `!` refuses; the first pattern that matches decides. Known gadget classes are "
                    + "refused unless a pattern names them exactly. See docs/serialization.md."),
    ENCRYPTION_KEYS(
            "encryptionKeys",
            Group.USUAL,
            "file:/path or env:NAME",
            "none, not encrypted",
            "Where the keys are with which attributes are encrypted (AES-256-GCM): lines of `id=key`, a key being 32 bytes "
                    + "in Base64. The first key writes, all of them read. See docs/serialization.md."),
    ACCEPT_UNENCRYPTED(
            "acceptUnencrypted",
            Group.RARE,
            List.of("false", "true"),
            "Whether attributes that are not encrypted are read although there are keys; for the time of switching "
                    + "encryption on."),
    COMPRESSION_THRESHOLD_BYTES(
            "compressionThresholdBytes",
            Group.RARE,
            new Range(0, 1 << 30),
            4 * 1024,
            "Attributes whose encoded form has at least so many bytes are compressed, if that saves a tenth or more; 0: none."),
    MAX_ATTRIBUTE_BYTES(
            "maxAttributeBytes",
            Group.RARE,
            new Range(1024, 500 * 1024 * 1024),
            64 * 1024 * 1024,
            "An attribute whose encoded form is longer, before compression, is not stored, and not read."),
    MAX_ATTRIBUTE_DEPTH(
            "maxAttributeDepth",
            Group.RARE,
            new Range(100, 100_000),
            10_000,
            "An attribute with more objects nested in each other, such as a linked list of an application's own, is not "
                    + "stored, and not read."),
    UNREADABLE_ATTRIBUTE(
            "unreadableAttribute",
            Group.RARE,
            List.of("null", "throw"),
            "What getAttribute does for an attribute that cannot be decoded: give null, or throw an exception that names it. "
                    + "Its bytes stay in Redis in any case, until it is set or removed."),
    NON_SERIALIZABLE_ATTRIBUTE(
            "nonSerializableAttribute",
            Group.RARE,
            List.of("local", "reject"),
            "What becomes of an attribute that cannot be stored: it stays on the node that has set it, with one warning for "
                    + "each name and class, or setAttribute throws an IllegalArgumentException.");

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

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> choices;

    private final String defaultText;
    private final String purpose;

    /** A setting of any text. */
    Setting(String key, Group group, String takes, String defaultText, String purpose) {
        this(key, group, takes, null, List.of(), defaultText, purpose);
    }

    /** A setting of a whole number. */
    Setting(String key, Group group, Range range, int defaultNumber, String purpose) {
        this(key, group, range.toString(), range, List.of(), String.valueOf(defaultNumber), purpose);
    }

    /** A setting of one of some words; the first is the default. */
    Setting(String key, Group group, List<String> choices, String purpose) {
        this(key, group, String.join(" or ", choices), null, choices, choices.get(0), purpose);
    }

    Setting(
            String key,
            Group group,
            String takes,
            @Nullable Range range,
            List<String> choices,
            String defaultText,
            String purpose) {
        this.key = key;
        this.group = group;
        this.takes = takes;
        this.range = range;
        this.choices = choices;
        this.defaultText = defaultText;
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
        return defaultText;
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
        return parseNumber(defaultText);
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

    /** Whether the text is the second of the two words this setting takes. */
    boolean parseChoice(String text) {
        int choice = choices.indexOf(text.strip());
        if (choice < 0) {
            throw refusal(text, "is not known", null);
        }
        return choice == 1;
    }

    /**
     * The error for a value this setting does not take.
     *
     * @param text the value, or as much of it as may be shown
     * @param problem what is wrong with it, to follow the value in a sentence
     */
    public InvalidSettingException refusal(String text, String problem, @Nullable Throwable cause) {
        return new InvalidSettingException(
                "Setting " + key + "=\"" + text + "\" " + problem + ". It takes " + takes + "; default: "
                        + defaultText() + ". " + purpose,
                cause);
    }
}
