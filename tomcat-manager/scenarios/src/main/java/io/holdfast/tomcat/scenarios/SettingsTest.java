package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Setting;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.CapturedLog;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.KeyFile;
import io.holdfast.scenarios.LongestText;
import io.holdfast.tomcat.RedisSessionManager;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.util.StandardSessionIdGenerator;
import org.apache.tomcat.util.IntrospectionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in the {@code <Manager>} element: it works, or the application does not start and the log says why. */
class SettingsTest {
    @Test
    void missingRedisUri_stopsTheStartAndSaysWhatToAdd() {
        assertThat(logOfFailedStart(manager -> {})).contains("redisUri is missing", "Add it", "redis://127.0.0.1:6379");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redisUri | localhost:6379 | redis://",
                "redisUri | http://localhost | starts with neither redis:// nor rediss://",
                "redisUri | redis://localhost:99999 | 1 to 65535",
                "redisUri | redis:// | is not a URI",
                "namespace | no spaces | 1 to 100 of A-Z",
                "commandTimeoutMillis | 5 | It takes 10 to 60000; default: 2000",
                "commandTimeoutMillis | 60001 | is out of range",
                "commandTimeoutMillis | fast | is not a whole number",
                "commandTimeoutMillis | 99999999999 | is not a whole number",
                "touchIntervalSeconds | 0 | 1 to 3600",
                "expiryGraceSeconds | 9 | 10 to 86400",
                "reaperIntervalSeconds | 0 | 1 to 3600",
                "commitLanes | 65 | 1 to 64",
                "commitAttempts | 0 | 1 to 1000",
                "largeSessionBytes | -1 | 0 to 1073741824",
                "conflictPolicy | merge; cart=lose | has an entry, number 2, whose policy",
                "conflictPolicy | cart=fail, x=merge | has an entry, number 1, with more than one policy",
                "exclusive | pattern:cart | has a pattern that no path matches",
                "reaperIntervalSeconds | 151 | is more than half of expiryGraceSeconds (300)",
                "conflictPolicy | ca[rt=fail | is no regular expression (Unclosed character class near letter",
                "conflictStatus | 500 | 409 or 503",
                "attributeMergers | com.acme.Missing | com.acme.Missing",
                "conflictJournalEntries | 1000001 | 0 to 1000000",
                "exclusive | all | none, session or pattern:",
                "exclusive | pattern:/(cart | is no regular expression (Unclosed group near letter",
                "exclusiveWaitMillis | -1 | 0 to 600000",
                "exclusiveLeaseMillis | 499 | 500 to 600000",
                "nodeName | node 1 | is no node's name",
                "classFilter | com.acme.*.web | package.**",
                "classFilter | com..acme | package.**",
                "classFilter | ! | package.**",
                "classFilter | com.acme.**;1st | package.**",
                "classFilter | com.acme.Cart[] | package.**",
                "classFilter | a b | package.**",
                "compressionThresholdBytes | -1 | 0 to 1073741824",
                "maxAttributeBytes | 1023 | 1024 to 524288000",
                "maxAttributeDepth | 99 | 100 to 100000",
                "unreadableAttribute | ignore | null or throw",
                "nonSerializableAttribute | Local | local or reject",
                "acceptUnencrypted | yes | false or true"
            })
    void valueThatIsNotTaken_stopsTheStartAndSaysWhatIs(String setting, String value, String hint) {
        String log = logOfFailedStart(manager -> {
            IntrospectionUtils.setProperty(
                    manager, "redisUri", TestRedis.shared().uri());
            IntrospectionUtils.setProperty(manager, setting, value);
        });

        assertThat(log).contains(setting, value, hint);
    }

    @ParameterizedTest
    @CsvSource({"comitLanes,commitLanes", "redisURI,redisUri", "commandTimeout,commandTimeoutMillis", "xyz,"})
    void unknownSetting_stopsTheStartAndNamesTheNearestOne(String unknown, String nearest) {
        String log = logOfFailedStart(manager -> {
            IntrospectionUtils.setProperty(
                    manager, "redisUri", TestRedis.shared().uri());
            IntrospectionUtils.setProperty(manager, unknown, "3");
        });

        assertThat(log).contains("There is no setting \"" + unknown + "\"", "Settings: ");
        if (nearest != null) {
            assertThat(log).contains(nearest);
        }
    }

    @Test
    void settingOfTomcatsOwn_withAValueItDoesNotTake_isNotCalledUnknown() {
        String log = logOfFailedStart(manager -> {
            IntrospectionUtils.setProperty(
                    manager, "redisUri", TestRedis.shared().uri());
            IntrospectionUtils.setProperty(manager, "maxActiveSessions", "many");
        });

        assertThat(log)
                .contains("Setting maxActiveSessions=\"many\" is not a whole number")
                .doesNotContain("There is no setting");
    }

    @Test
    void passwordInTheUri_isNeitherInTheErrorNorInTheLogOfTheSettings() {
        assertThat(logOfFailedStart(manager -> manager.setRedisUri("redis://ada:s3cret@host:99999")))
                .contains("99999")
                .doesNotContain("s3cret");
        assertThat(logOfStart(manager -> manager.setRedisUri("redis://ada:s3cret@127.0.0.1:1"), LifecycleState.STARTED))
                .contains("127.0.0.1:1")
                .doesNotContain("s3cret");
    }

    @Test
    void foreignSessionIdGenerator_stopsTheStartAndSaysToRemoveIt() {
        String log = logOfFailedStart(manager -> {
            manager.setRedisUri(TestRedis.shared().uri());
            manager.setSessionIdGenerator(new StandardSessionIdGenerator());
        });

        assertThat(log).contains("Remove the <SessionIdGenerator> element", "StandardSessionIdGenerator");
    }

    @Test
    void everySettingThatIsTaken_isInEffectAndInTheLog(@TempDir Path directory) {
        KeyFile keys = new KeyFile(directory, KeyFile.NEW);
        Map<Setting, String> values = Map.ofEntries(
                Map.entry(Setting.REDIS_URI, TestRedis.shared().uri()),
                Map.entry(Setting.NAMESPACE, "scenario-settings"),
                Map.entry(Setting.COMMAND_TIMEOUT_MILLIS, "1234"),
                Map.entry(Setting.TOUCH_INTERVAL_SECONDS, "11"),
                Map.entry(Setting.EXPIRY_GRACE_SECONDS, "99"),
                Map.entry(Setting.REAPER_INTERVAL_SECONDS, "44"),
                Map.entry(Setting.COMMIT_LANES, "2"),
                Map.entry(Setting.COMMIT_ATTEMPTS, "7"),
                Map.entry(Setting.LARGE_SESSION_BYTES, "4321"),
                Map.entry(Setting.LOCAL_COPIES, "8901"),
                Map.entry(Setting.LOCAL_COPIES_MEGABYTES, "12"),
                Map.entry(Setting.LOCAL_COPY_IDLE_SECONDS, "345"),
                Map.entry(Setting.CONFLICT_POLICY, "cart=fail; first-write-wins"),
                Map.entry(Setting.CONFLICT_STATUS, "503"),
                Map.entry(Setting.ATTRIBUTE_MERGERS, LongestText.class.getName()),
                Map.entry(Setting.CONFLICT_JOURNAL_ENTRIES, "5678"),
                Map.entry(Setting.EXCLUSIVE, "pattern:/app/cart"),
                Map.entry(Setting.EXCLUSIVE_WAIT_MILLIS, "6789"),
                Map.entry(Setting.EXCLUSIVE_LEASE_MILLIS, "7890"),
                Map.entry(Setting.NODE_NAME, "app-1"),
                Map.entry(Setting.CLASS_FILTER, "com.acme.**; !*"),
                Map.entry(Setting.ENCRYPTION_KEYS, keys.setting()),
                Map.entry(Setting.ACCEPT_UNENCRYPTED, "true"),
                Map.entry(Setting.COMPRESSION_THRESHOLD_BYTES, "2345"),
                Map.entry(Setting.MAX_ATTRIBUTE_BYTES, "3456"),
                Map.entry(Setting.MAX_ATTRIBUTE_DEPTH, "4567"),
                Map.entry(Setting.UNREADABLE_ATTRIBUTE, "throw"),
                Map.entry(Setting.NON_SERIALIZABLE_ATTRIBUTE, "reject"));
        assertThat(values).containsOnlyKeys(Setting.values());

        String log = logOfStart(
                manager -> values.forEach(
                        (setting, value) -> assertThat(IntrospectionUtils.setProperty(manager, setting.key(), value))
                                .isTrue()),
                LifecycleState.STARTED);

        assertThat(log)
                .contains(
                        "namespace=scenario-settings",
                        "commandTimeout=PT1.234S",
                        "touchInterval=PT11S",
                        "expiryGrace=PT1M39S",
                        "reaperInterval=PT44S",
                        "commitLanes=2",
                        "commitAttempts=7",
                        "largeSessionBytes=4321",
                        "most=8901, mostBytes=12582912, longestIdle=PT5M45S",
                        "conflictPolicy=first-write-wins; cart=fail",
                        "conflictStatus=503",
                        "attributeMergers=[" + LongestText.class.getName() + "]",
                        "journalEntries=5678",
                        "nodeName=app-1",
                        "rule=pattern:/app/cart, longestWait=PT6.789S, lease=PT7.89S",
                        "classFilter=com.acme.**;!*",
                        "encryptionKeys=" + keys.setting() + " (1 key",
                        "acceptUnencrypted=true",
                        "compressionThresholdBytes=2345",
                        "maxAttributeBytes=3456",
                        "maxAttributeDepth=4567",
                        "throwIfUnreadable=true",
                        "rejectNonSerializable=true");
    }

    @Test
    void withoutANamespace_hostAndContextAreTheNamespace() {
        assertThat(logOfStart(manager -> manager.setRedisUri(TestRedis.shared().uri()), LifecycleState.STARTED))
                .contains("namespace=localhost/app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no*route", "no route", "x;y"})
    void jvmRouteThatFitsInNoId_stopsTheStart(String route) {
        String log = logOfFailedStart(manager -> {
            manager.setRedisUri(TestRedis.shared().uri());
            manager.getEngine().setJvmRoute(route);
        });

        assertThat(log).contains("jvmRoute=\"" + route + "\"", "1 to 64 of A-Z a-z 0-9 . _ -");
    }

    private static String logOfFailedStart(Consumer<RedisSessionManager> settings) {
        try (Running running = new Running(settings)) {
            assertThat(running.node.context().getState().isAvailable()).isFalse();
            assertThat(new Client().get(running.node, "/nothing").status()).isEqualTo(404);
            return running.log.text();
        }
    }

    private static String logOfStart(Consumer<RedisSessionManager> settings, LifecycleState expected) {
        try (Running running = new Running(settings)) {
            assertThat(running.node.context().getState()).isEqualTo(expected);
            return running.log.text();
        }
    }

    /** A node that was told to start, and what was logged meanwhile. */
    private static final class Running implements AutoCloseable {
        private final CapturedLog log = CapturedLog.open();
        private final TomcatNode node;

        Running(Consumer<RedisSessionManager> settings) {
            node = TomcatNode.start(starting -> settings.accept(starting.manager()));
        }

        @Override
        public void close() {
            log.close();
            node.close();
        }
    }
}
