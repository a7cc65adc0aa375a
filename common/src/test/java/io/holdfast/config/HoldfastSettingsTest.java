package io.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.conflict.ConflictPolicies;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoldfastSettingsTest {
    private final HoldfastSettings.Builder builder =
            HoldfastSettings.builder().set("redisUri", "redis://127.0.0.1:6379").set("namespace", "localhost/shop");

    @Test
    void defaults() {
        HoldfastSettings settings = builder.build();

        assertThat(settings.commandTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.touchInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.expiryGrace()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.commitLanes()).isEqualTo(1);
        assertThat(settings.commitAttempts()).isEqualTo(32);
        assertThat(settings.largeSessionBytes()).isEqualTo(32_768);
        assertThat(settings.localCopies())
                .isEqualTo(new LocalCopySettings(10_000, 64L * 1024 * 1024, Duration.ofMinutes(10)));
        assertThat(settings.conflicts())
                .isEqualTo(new ConflictSettings(
                        ConflictPolicies.DEFAULT, ConflictSettings.CONFLICT, List.of(), 10_000, ThisNode.name()));
        assertThat(settings.exclusive())
                .isEqualTo(new ExclusiveSettings(ExclusiveRule.NONE, Duration.ofSeconds(30), Duration.ofSeconds(10)));
    }

    @Test
    void exclusive_reachesItsFields() {
        ExclusiveSettings settings = builder.set("exclusive", " pattern:/shop/(cart|order)/.* ")
                .set("exclusiveWaitMillis", "0")
                .set("exclusiveLeaseMillis", "500")
                .build()
                .exclusive();

        assertThat(settings.rule()).hasToString("pattern:/shop/(cart|order)/.*");
        assertThat(settings.rule().appliesTo("/shop/cart/add")).isTrue();
        assertThat(settings.rule().appliesTo("/shop/cart")).isFalse();
        assertThat(settings.rule().appliesTo("/other/shop/cart/add")).isFalse();
        assertThat(settings.longestWait()).isZero();
        assertThat(settings.lease()).isEqualTo(Duration.ofMillis(500));
        assertThat(builder.set("exclusive", "session")
                        .build()
                        .exclusive()
                        .rule()
                        .appliesTo("/"))
                .isTrue();
        assertThat(builder.set("exclusive", "none").build().exclusive().rule().appliesTo("/"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "all, is not known",
        "pattern:, has no pattern behind the colon",
        "pattern:/(cart, is no regular expression (Unclosed group near letter"
    })
    void exclusiveThatIsNotTaken_isRefusedWithWhatIs(String value, String hint) {
        assertThatThrownBy(() -> builder.set("exclusive", value).build())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("exclusive=\"" + value + "\"")
                .hasMessageContaining(hint)
                .hasMessageContaining("none, session or pattern:regular expression");
    }

    @Test
    void everySetting_reachesItsField() {
        HoldfastSettings settings = builder.set("redisUri", "rediss://ada:secret@redis.example:6380/3")
                .set("namespace", "shop")
                .set("commandTimeoutMillis", "10")
                .set("touchIntervalSeconds", " 1 ")
                .set("expiryGraceSeconds", "86400")
                .set("reaperIntervalSeconds", "3600")
                .set("commitLanes", "64")
                .set("commitAttempts", "1000")
                .set("largeSessionBytes", "0")
                .set("localCopies", "7")
                .set("localCopiesMegabytes", "1000000")
                .set("localCopyIdleSeconds", "86400")
                .set("conflictJournalEntries", "0")
                .set("nodeName", " app-1:8080 ")
                .build();

        assertThat(settings.redisUri().uri().getHost()).isEqualTo("redis.example");
        assertThat(settings)
                .isEqualTo(new HoldfastSettings(
                        settings.redisUri(),
                        "shop",
                        Duration.ofMillis(10),
                        Duration.ofSeconds(1),
                        Duration.ofDays(1),
                        Duration.ofHours(1),
                        64,
                        1_000,
                        0,
                        new LocalCopySettings(7, 1_048_576_000_000L, Duration.ofDays(1)),
                        AttributeSettings.DEFAULTS,
                        new ConflictSettings(
                                ConflictPolicies.DEFAULT, ConflictSettings.CONFLICT, List.of(), 0, "app-1:8080"),
                        settings.exclusive()));
    }

    @Test
    void password_isNeverShown() {
        HoldfastSettings settings =
                builder.set("redisUri", "redis://ada:secret@localhost:6379").build();

        assertThat(settings.toString()).contains("redis://***@localhost:6379").doesNotContain("secret");
        assertThatThrownBy(() ->
                        builder.set("redisUri", "http://ada:secret@localhost").build())
                .hasMessageContaining("***@localhost")
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() ->
                        builder.set("redisUri", "redis://ada:sec ret@localhost").build())
                .message()
                .doesNotContain("ret@");
    }

    @Test
    void addressWhoseHostIsNotFound_becauseOfThePassword_saysHowToWriteThat() {
        assertThatThrownBy(() ->
                        builder.set("redisUri", "redis://ada:se@cret@localhost").build())
                .hasMessageContaining("percent-encode special characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://:se/cret@localhost",
                "redis://ada:se@cret@localhost",
                "redis://ada:se?cret#@localhost:6379",
                "redis:/ada:se/cret@localhost",
                "redis:ada:secret@localhost",
                "//ada:se/cret@localhost",
                "ada:secret@localhost"
            })
    void passwordThatIsNotEncoded_isNotShownEither(String uri) {
        assertThatThrownBy(() -> builder.set("redisUri", uri).build())
                .hasMessageContaining("***@localhost")
                .message()
                .doesNotContain("cret")
                .doesNotContain("se/");
    }

    @Test
    void missingAddress_namesTheSettingAndTheRemedy() {
        assertThatThrownBy(
                        () -> HoldfastSettings.builder().set("namespace", "x").build())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("redisUri is missing")
                .hasMessageContaining("redisUri=\"redis://127.0.0.1:6379\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:6379",
                "redis:localhost",
                "http://localhost",
                "redis://",
                "redis://:6379",
                "redis://localhost:0",
                "redis://localhost:65536",
                "redis://localhost/x",
                "redis://localhost/1/2",
                "redis://localhost?timeout=3",
                "redis://local host",
                "redis-sentinel://localhost"
            })
    void addressOfAnotherShape_isRefusedWithTheShapeItTakes(String uri) {
        assertThatThrownBy(() -> builder.set("redisUri", uri).build())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("redisUri=\"" + uri + "\"")
                .hasMessageContaining("redis://[[user:]password@]host[:port][/database]");
    }

    @Test
    void nodesLookForEndedSessions_atLeastTwiceWhileTheseWait() {
        builder.set("redisUri", "redis://localhost").set("expiryGraceSeconds", "12");

        assertThat(builder.build().reaperInterval()).isEqualTo(Duration.ofSeconds(6));
        assertThat(builder.set("reaperIntervalSeconds", "5").build().reaperInterval())
                .isEqualTo(Duration.ofSeconds(5));
        assertThatThrownBy(() -> builder.set("reaperIntervalSeconds", "7").build())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("reaperIntervalSeconds=\"7\"", "half of expiryGraceSeconds (12)");
    }

    @ParameterizedTest
    @CsvSource({
        "commandTimeoutMillis, 9, 10 to 60000, 2000",
        "commandTimeoutMillis, 60001, 10 to 60000, 2000",
        "commitLanes, 0, 1 to 64, 1",
        "commitLanes, four, 1 to 64, 1",
        "commitAttempts, -1, 1 to 1000, 32",
        "touchIntervalSeconds, 99999999999, 1 to 3600, 30",
        "expiryGraceSeconds, '', 10 to 86400, 300",
        "largeSessionBytes, 1.5, 0 to 1073741824, 32768"
    })
    void wrongNumber_isRefusedWithNameValueRangeAndDefault(String name, String value, String range, String standard) {
        assertThatThrownBy(() -> builder.set(name, value).build())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(name + "=\"" + value + "\"")
                .hasMessageContaining("It takes " + range)
                .hasMessageContaining("default: " + standard);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "{x}", "ä", "a*"})
    void namespaceOfAnotherShape_isRefused(String namespace) {
        assertThatThrownBy(() -> builder.set("namespace", namespace).build())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("namespace=\"" + namespace + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "comitLanes, Did you mean commitLanes?",
        "redisURI, Did you mean redisUri?",
        "commandTimeoutMilis, Did you mean commandTimeoutMillis?",
        "pathname, There is no setting"
    })
    void unknownSetting_isRefusedWithTheNearestName(String name, String expected) {
        assertThatThrownBy(() -> builder.set(name, "1"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("\"" + name + "\"")
                .hasMessageContaining(expected)
                .hasMessageContaining("Settings: redisUri, namespace");
    }

    @Test
    void touchInterval_isShorterForSessionsThatEndSoon() {
        HoldfastSettings settings = builder.build();

        assertThat(settings.touchIntervalFor(1_800)).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.touchIntervalFor(100)).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.touchIntervalFor(1)).isEqualTo(Duration.ofMillis(50));
        assertThat(settings.touchIntervalFor(0)).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.touchIntervalFor(-1)).isEqualTo(Duration.ofSeconds(30));
    }
}
