package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Setting;
import io.holdfast.localredis.TestRedis;
import io.holdfast.tomcat.RedisSessionManager;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.util.StandardSessionIdGenerator;
import org.apache.tomcat.util.IntrospectionUtils;
import org.junit.jupiter.api.Test;
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
                "commitLanes | 65 | 1 to 64",
                "commitAttempts | 0 | 1 to 1000",
                "largeSessionBytes | -1 | 0 to 1073741824"
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
    void everySettingThatIsTaken_isInEffectAndInTheLog() {
        Map<Setting, String> values = Map.of(
                Setting.REDIS_URI, TestRedis.shared().uri(),
                Setting.NAMESPACE, "scenario-settings",
                Setting.COMMAND_TIMEOUT_MILLIS, "1234",
                Setting.TOUCH_INTERVAL_SECONDS, "11",
                Setting.EXPIRY_GRACE_SECONDS, "99",
                Setting.COMMIT_LANES, "2",
                Setting.COMMIT_ATTEMPTS, "7",
                Setting.LARGE_SESSION_BYTES, "4321");
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
                        "commitLanes=2",
                        "commitAttempts=7",
                        "largeSessionBytes=4321");
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
        private final Node node;

        Running(Consumer<RedisSessionManager> settings) {
            node = Node.start(starting -> settings.accept(starting.manager()));
        }

        @Override
        public void close() {
            log.close();
            node.close();
        }
    }
}
