package io.holdfast.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one session manager, checked and frozen. {@link Setting} says what each is for.
 *
 * @param redisUri where Redis is
 * @param namespace second part of every key
 * @param commandTimeout longest wait for one answer
 * @param touchInterval longest time between two touches of a session in use
 * @param expiryGrace how long an ended session waits for a reaper
 * @param reaperInterval time between two looks for ended sessions
 * @param commitLanes connections that commits share
 * @param commitAttempts tries of one commit
 * @param largeSessionBytes size from which only what is newer than a local copy is fetched
 * @param localCopies what a node keeps of sessions between requests
 * @param attributes what becomes of each attribute on its way to Redis and back
 * @param conflicts what becomes of attributes that two requests wrote
 * @param exclusive which requests run one after the other
 */
public record HoldfastSettings(
        RedisAddress redisUri,
        String namespace,
        Duration commandTimeout,
        Duration touchInterval,
        Duration expiryGrace,
        Duration reaperInterval,
        int commitLanes,
        int commitAttempts,
        int largeSessionBytes,
        LocalCopySettings localCopies,
        AttributeSettings attributes,
        ConflictSettings conflicts,
        ExclusiveSettings exclusive) {
    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9._/:-]{1,100}");
    private static final Pattern NODE_NAME = Pattern.compile("[A-Za-z0-9._:-]{1,40}");
    private static final long BYTES_PER_MEGABYTE = 1024 * 1024;
    private static final int TOUCHES_PER_TIMEOUT = 20;
    private static final long MILLIS_PER_TOUCH = 1_000L / TOUCHES_PER_TIMEOUT; // for each second of the time-out

    /** Time between two touches of a session: the configured interval, or less for a session that ends sooner. */
    public Duration touchIntervalFor(int maxInactiveSeconds) {
        if (maxInactiveSeconds <= 0) {
            return touchInterval;
        }
        Duration share = Duration.ofMillis(maxInactiveSeconds * MILLIS_PER_TOUCH);
        return share.compareTo(touchInterval) < 0 ? share : touchInterval;
    }

    /** Starts a set of settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings as texts, as configuration files give them. Not safe for use by several threads. */
    public static final class Builder {
        private final Map<Setting, String> texts = new EnumMap<>(Setting.class);

        private Builder() {}

        /**
         * Sets the setting called {@code key}.
         *
         * @throws InvalidSettingException when there is none of that name
         */
        public Builder set(String key, String value) {
            Setting setting = Setting.named(key);
            if (setting == null) {
                throw new InvalidSettingException(UnknownSetting.message(key), null);
            }
            return set(setting, value);
        }

        /** Sets a setting; the value is checked by {@link #build()}. */
        public Builder set(Setting setting, String value) {
            texts.put(setting, value);
            return this;
        }

        /** The text a setting was given, or null. */
        public @Nullable String get(Setting setting) {
            return texts.get(setting);
        }

        /**
         * Checks all settings.
         *
         * @throws InvalidSettingException when one is missing or has a value it does not take
         */
        public HoldfastSettings build() {
            return new HoldfastSettings(
                    redisUriOrRefuse(),
                    namespaceOrRefuse(),
                    Duration.ofMillis(number(Setting.COMMAND_TIMEOUT_MILLIS)),
                    Duration.ofSeconds(number(Setting.TOUCH_INTERVAL_SECONDS)),
                    Duration.ofSeconds(number(Setting.EXPIRY_GRACE_SECONDS)),
                    Duration.ofSeconds(reaperIntervalOrRefuse()),
                    number(Setting.COMMIT_LANES),
                    number(Setting.COMMIT_ATTEMPTS),
                    number(Setting.LARGE_SESSION_BYTES),
                    new LocalCopySettings(
                            number(Setting.LOCAL_COPIES),
                            number(Setting.LOCAL_COPIES_MEGABYTES) * BYTES_PER_MEGABYTE,
                            Duration.ofSeconds(number(Setting.LOCAL_COPY_IDLE_SECONDS))),
                    attributes(),
                    conflicts(),
                    exclusive());
        }

        private ExclusiveSettings exclusive() {
            String rule = texts.get(Setting.EXCLUSIVE);
            return new ExclusiveSettings(
                    rule == null ? ExclusiveRule.NONE : ExclusiveRule.parse(rule),
                    Duration.ofMillis(number(Setting.EXCLUSIVE_WAIT_MILLIS)),
                    Duration.ofMillis(number(Setting.EXCLUSIVE_LEASE_MILLIS)));
        }

        /** A node that looks too seldom would find ended sessions dropped by Redis, and nobody would hear of their ends. */
        private int reaperIntervalOrRefuse() {
            int most = number(Setting.EXPIRY_GRACE_SECONDS) / 2;
            String text = texts.get(Setting.REAPER_INTERVAL_SECONDS);
            int interval = number(Setting.REAPER_INTERVAL_SECONDS);
            if (text != null && interval > most) {
                throw Setting.REAPER_INTERVAL_SECONDS.refusal(
                        text,
                        "is more than half of expiryGraceSeconds (" + number(Setting.EXPIRY_GRACE_SECONDS)
                                + "), so sessions would be gone before a node looks; raise that, or lower this",
                        null);
            }
            return Math.min(interval, most);
        }

        private AttributeSettings attributes() {
            String keys = texts.get(Setting.ENCRYPTION_KEYS);
            return new AttributeSettings(
                    classFilterOrRefuse(),
                    number(Setting.MAX_ATTRIBUTE_BYTES),
                    number(Setting.MAX_ATTRIBUTE_DEPTH),
                    number(Setting.COMPRESSION_THRESHOLD_BYTES),
                    keys == null ? null : EncryptionKeys.read(keys.strip(), System::getenv),
                    choice(Setting.ACCEPT_UNENCRYPTED),
                    choice(Setting.UNREADABLE_ATTRIBUTE),
                    choice(Setting.NON_SERIALIZABLE_ATTRIBUTE));
        }

        private ConflictSettings conflicts() {
            return new ConflictSettings(
                    ConflictPolicyText.parse(texts.getOrDefault(Setting.CONFLICT_POLICY, "")),
                    choice(Setting.CONFLICT_STATUS) ? ConflictSettings.UNAVAILABLE : ConflictSettings.CONFLICT,
                    names(Setting.ATTRIBUTE_MERGERS),
                    number(Setting.CONFLICT_JOURNAL_ENTRIES),
                    nodeNameOrRefuse());
        }

        private String nodeNameOrRefuse() {
            String text = texts.get(Setting.NODE_NAME);
            if (text != null && !NODE_NAME.matcher(text.strip()).matches()) {
                throw Setting.NODE_NAME.refusal(text, "is no node's name", null);
            }
            return text == null ? ThisNode.name() : text.strip();
        }

        private List<String> names(Setting setting) {
            return Arrays.stream(texts.getOrDefault(setting, "").split(",", -1))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList();
        }

        private ClassPatterns classFilterOrRefuse() {
            String text = texts.getOrDefault(Setting.CLASS_FILTER, "");
            ClassPatterns patterns = ClassPatterns.parse(text);
            if (patterns == null) {
                throw Setting.CLASS_FILTER.refusal(
                        text,
                        "has a pattern that is none of name, package.*, package.**, prefix*, * and the same after !",
                        null);
            }
            return patterns;
        }

        private boolean choice(Setting setting) {
            String text = texts.get(setting);
            return text != null && setting.parseChoice(text);
        }

        private RedisAddress redisUriOrRefuse() {
            String text = texts.get(Setting.REDIS_URI);
            if (text == null || text.isBlank()) {
                throw new InvalidSettingException(
                        "Setting redisUri is missing. Add it, e.g. redisUri=\"redis://127.0.0.1:6379\". "
                                + Setting.REDIS_URI.purpose(),
                        null);
            }
            return RedisAddress.parse(text.strip());
        }

        private String namespaceOrRefuse() {
            String text = texts.get(Setting.NAMESPACE);
            if (text == null) {
                throw new IllegalStateException("the container gives a default namespace");
            }
            if (!NAMESPACE.matcher(text).matches()) {
                throw Setting.NAMESPACE.refusal(text, "is no namespace", null);
            }
            return text;
        }

        private int number(Setting setting) {
            String text = texts.get(setting);
            return text == null ? setting.defaultNumber() : setting.parseNumber(text);
        }
    }
}
