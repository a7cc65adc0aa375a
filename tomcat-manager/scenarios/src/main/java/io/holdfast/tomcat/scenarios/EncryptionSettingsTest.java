package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.CapturedLog;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.KeyFile;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong keys stop the application; the log says what is wrong and never shows a key. */
class EncryptionSettingsTest {
    private static final String KEY = KeyFile.randomBytes(32);
    private static final String SHORT_KEY = "MDEyMzQ1Njc4OWFiY2RlZg==";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"file:/no/such/file", "env:HOLDFAST_NO_SUCH_VARIABLE", "file:", "env:"})
    void sourceThatIsNotThere_isNamed(String setting) {
        String log = logOfFailedStart(setting);

        assertThat(log).contains("encryptionKeys=\"" + setting + "\"", "It takes file:/path or env:NAME");
    }

    @Test
    void keyInPlaceOfItsSource_isNotShown() {
        for (String setting : new String[] {KEY, "key=" + KEY, "FILE:" + KEY}) {
            assertThat(logOfFailedStart(setting))
                    .contains("encryptionKeys", "neither file: nor env:")
                    .doesNotContain(KEY);
        }
    }

    static Stream<Arguments> wrongContents() {
        return Stream.of(
                Arguments.of("", "holds no key"),
                Arguments.of("\n# nothing here\n \n", "holds no key"),
                Arguments.of("one=" + SHORT_KEY, "is not 32 bytes in Base64"),
                Arguments.of("one=" + KEY + "AAAA", "is not 32 bytes in Base64"),
                Arguments.of("one=" + KEY.substring(1), "is not 32 bytes in Base64"),
                Arguments.of("one=" + KEY + "\ntwo=" + KEY + "\none=" + KeyFile.randomBytes(32), "\"one\" twice"),
                Arguments.of(KEY, "number 1"),
                Arguments.of(SHORT_KEY, "is not 32 bytes in Base64"),
                Arguments.of("one=" + KEY + "\n" + KEY, "number 2"),
                Arguments.of(KEY + "=one", "number 1"));
    }

    @ParameterizedTest
    @MethodSource("wrongContents")
    void fileWithWrongContent_isNamedWithWhatIsWrong_andItsContentIsNotShown(String content, String hint) {
        KeyFile file = new KeyFile(directory, content);

        assertThat(logOfFailedStart(file.setting()))
                .contains("encryptionKeys=\"" + file.setting() + "\"", hint)
                .doesNotContain(KEY.substring(2, 40), SHORT_KEY.substring(0, 20));
    }

    @Test
    void rightKeys_areNamedInTheLogByIdOnly() {
        KeyFile file = new KeyFile(directory, KeyFile.NEW + "\n" + KeyFile.OLD);
        try (CapturedLog log = CapturedLog.open();
                TomcatNode node = start(file.setting())) {
            assertThat(node.context().getState().isAvailable()).isTrue();
            assertThat(log.text())
                    .contains(file.setting(), "2 keys", "writing with " + KeyFile.NEW_ID)
                    .doesNotContain(KeyFile.NEW.substring(KeyFile.NEW_ID.length() + 1));
        }
    }

    private static String logOfFailedStart(String setting) {
        try (CapturedLog log = CapturedLog.open();
                TomcatNode node = start(setting)) {
            assertThat(node.context().getState().isAvailable()).isFalse();
            assertThat(new Client().get(node, "/nothing").status()).isEqualTo(404);
            return log.text();
        }
    }

    private static TomcatNode start(String setting) {
        return TomcatNode.start(node -> {
            node.manager().setRedisUri(TestRedis.shared().uri());
            node.set("encryptionKeys", setting);
        });
    }
}
