package io.holdfast.config;

import static io.holdfast.conflict.ConflictPolicy.FAIL;
import static io.holdfast.conflict.ConflictPolicy.FIRST_WRITE_WINS;
import static io.holdfast.conflict.ConflictPolicy.LAST_WRITE_WINS;
import static io.holdfast.conflict.ConflictPolicy.MERGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.conflict.ConflictPolicies;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of attributes that two requests wrote, as a configuration file says it. */
class ConflictSettingsTest {
    private static ConflictSettings settings(String setting, String value) {
        return HoldfastSettings.builder()
                .set("redisUri", "redis://localhost")
                .set("namespace", "shop")
                .set(setting, value)
                .build()
                .conflicts();
    }

    private static ConflictPolicies policies(String text) {
        return settings("conflictPolicy", text).conflictPolicy();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ";", " ; ;", "merge", ";merge ;"})
    void withoutAnythingElse_attributesAreMerged(String text) {
        assertThat(policies(text)).isEqualTo(ConflictPolicies.DEFAULT);
        assertThat(policies(text).of("cart")).isEqualTo(MERGE);
    }

    @Test
    void firstPatternThatMatchesTheWholeName_decides() {
        ConflictPolicies policies = policies("merge; cart=fail; csrf.*=first-write-wins;.*cart.*=last-write-wins");

        assertThat(policies.of("cart")).isEqualTo(FAIL);
        assertThat(policies.of("cart2")).isEqualTo(LAST_WRITE_WINS);
        assertThat(policies.of("csrfcart")).isEqualTo(FIRST_WRITE_WINS);
        assertThat(policies.of("a csrf")).isEqualTo(MERGE);
        assertThat(policies.of("Cart")).isEqualTo(MERGE);
    }

    @Test
    void policyWithoutAPattern_isForAllOthers_whereverItStands() {
        ConflictPolicies policies = policies(" a = fail ;; last-write-wins ;b=merge; ");

        assertThat(policies.of("a")).isEqualTo(FAIL);
        assertThat(policies.of("b")).isEqualTo(MERGE);
        assertThat(policies.of("c")).isEqualTo(LAST_WRITE_WINS);
        assertThat(policies).hasToString("last-write-wins; a=fail; b=merge");
        assertThat(policies(policies.toString())).isEqualTo(policies).hasSameHashCodeAs(policies);
        assertThat(policies("a=fail").of("c")).isEqualTo(MERGE);
    }

    @Test
    void lastEqualsSign_endsThePattern() {
        assertThat(policies("x=y=fail").of("x=y")).isEqualTo(FAIL);
        assertThat(policies("x\\x3By=fail").of("x;y")).isEqualTo(FAIL);
    }

    @Test
    void policiesDiffer_whenPatternsOrWordsDo() {
        assertThat(policies("a=fail"))
                .isNotEqualTo(policies("b=fail"))
                .isNotEqualTo(policies("a=merge"))
                .isNotEqualTo(policies("a=fail; fail"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lose | number 1, whose policy \"lose\" is none of merge, last-write-wins, first-write-wins, fail",
                "cart | number 1, whose policy \"cart\" is none of",
                "MERGE | number 1, whose policy \"MERGE\" is none of",
                "merge; ;cart= | number 2, whose policy \"\" is none of",
                "fail=cart | number 1, whose policy \"cart\" is none of",
                "merge;=fail | number 2, with nothing before its =",
                "ca[rt=fail | number 1, whose pattern \"ca[rt\" is no regular expression (Unclosed character class near letter",
                "merge;a=fail;fail | number 3, that is a second policy without a pattern: \"merge\", then \"fail\"",
                "merge;merge | number 2, that is a second policy without a pattern: \"merge\", then \"merge\"",
            })
    void wrongEntry_isNamedWithWhatIsTaken(String text, String problem) {
        assertThatThrownBy(() -> policies(text))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("Setting conflictPolicy=\"" + text + "\" has an entry, " + problem)
                .hasMessageContaining("It takes policies and pattern=policy, separated by semicolons; default: merge.");
    }

    @Test
    void errorOfTheRegularExpression_isKept() {
        assertThatThrownBy(() -> policies("(=fail")).hasCauseInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void statusOfAFailedCommit_isOneOfTwo() {
        assertThat(settings("conflictStatus", "409").conflictStatus()).isEqualTo(409);
        assertThat(settings("conflictStatus", " 503 ").conflictStatus()).isEqualTo(503);
        assertThatThrownBy(() -> settings("conflictStatus", "500"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("It takes 409 or 503; default: 409");
    }

    @Test
    void namesOfMergers_areSeparatedByCommas() {
        assertThat(settings("attributeMergers", " com.acme.A, com.acme.B,").attributeMergers())
                .containsExactly("com.acme.A", "com.acme.B");
        assertThat(settings("attributeMergers", "").attributeMergers()).isEmpty();
    }
}
