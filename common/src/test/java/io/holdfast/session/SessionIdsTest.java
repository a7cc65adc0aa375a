package io.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdsTest {
    private static final String ID = "0123456789abcdef" + "fedcba9876543210fedcba9876543210";
    private final Consumer<byte[]> random = new SecureRandom()::nextBytes;

    @Test
    void newId_parsesToItself() {
        SessionId id = SessionIds.create(random);

        assertThat(SessionIds.parse(id.value())).isEqualTo(id);
        assertThat(id.record()).hasSize(16);
        assertThat(id.secret()).hasSize(32);
    }

    @Test
    void renewedId_keepsTheRecordAndHasAnotherSecret() {
        SessionId id = SessionIds.create(random);
        SessionId renewed = SessionIds.renew(id.record(), random);

        assertThat(renewed.record()).isEqualTo(id.record());
        assertThat(renewed.secret()).isNotEqualTo(id.secret());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".node1", ".n", ".Node_2-b", ".a.b"})
    void route_isCutOff(String route) {
        assertThat(SessionIds.parse(ID + route))
                .isEqualTo(new SessionId("0123456789abcdef", "fedcba9876543210fedcba9876543210"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "0123456789ABCDEFfedcba9876543210fedcba9876543210",
                "0123456789abcdeffedcba9876543210fedcba987654321",
                "0123456789abcdeffedcba9876543210fedcba98765432100",
                "0123456789abcdeffedcba9876543210fedcba987654321g",
                "0123456789abcdeffedcba9876543210fedcba9876543210.",
                "0123456789abcdeffedcba9876543210fedcba9876543210.a b",
                "0123456789abcdeffedcba9876543210fedcba9876543210.{x}",
                "0123456789abcdeffedcba9876543210fedcba9876543210\n",
                "*",
                "{0123456789abcdef}"
            })
    void otherShapes_areNoIds(String value) {
        assertThat(SessionIds.parse(value)).isNull();
    }

    @Test
    void overlongRoute_isNoId() {
        assertThat(SessionIds.parse(ID + "." + "r".repeat(64))).isNotNull();
        assertThat(SessionIds.parse(ID + "." + "r".repeat(65))).isNull();
        assertThat(SessionIds.parse(null)).isNull();
    }

    @Test
    void secret_isNeverShown() {
        SessionId id = SessionIds.create(random);

        assertThat(id.toString()).contains(id.record()).doesNotContain(id.secret());
        assertThat(SessionIds.forLog(id.value())).isEqualTo(id.record());
        assertThat(SessionIds.forLog("whatever a client sent")).isEqualTo("(foreign id)");
        assertThat(SecretHash.of(id.secret()).toString()).doesNotContain(id.secret());
    }

    @Test
    void hash_matchesItsSecretOnly() {
        SessionId id = SessionIds.create(random);
        SecretHash hash = SecretHash.ofBytes(SecretHash.of(id.secret()).toBytes());

        assertThat(hash.matches(id.secret())).isTrue();
        assertThat(hash.matches(SessionIds.create(random).secret())).isFalse();
    }
}
