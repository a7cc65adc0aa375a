package io.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys come from a file or an environment variable, and are never shown. */
class EncryptionKeysTest {
    private static final String KEY = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I=";
    private static final String OTHER_KEY = "b3RoZXItb3RoZXItb3RoZXItb3RoZXItb3RoZXItb3Q=";

    @TempDir
    Path directory;

    private EncryptionKeys file(String content) throws Exception {
        Path file = Files.writeString(directory.resolve("keys"), content);
        return EncryptionKeys.read("file:" + file, name -> null);
    }

    private static EncryptionKeys variable(String content) {
        return EncryptionKeys.read("env:HOLDFAST_KEYS", name -> "HOLDFAST_KEYS".equals(name) ? content : null);
    }

    @Test
    void firstKeyWrites_allRead() throws Exception {
        EncryptionKeys keys = file("# rotated in May\n\n new = " + KEY + " \r\nold=" + OTHER_KEY + "\n");
        assertThat(keys.writingId()).isEqualTo("new");
        assertThat(keys.byId()).containsOnlyKeys("new", "old");
        assertThat(keys.byId().get("new")).asString().contains("secret-secret");
    }

    @Test
    void commentsInAFile_mayHoldCommasAndKeys() throws Exception {
        assertThat(file("# retired: b=" + OTHER_KEY + ",c=" + OTHER_KEY + "\na=" + KEY))
                .hasToString("file:" + directory.resolve("keys") + " (1 key, writing with a)");
    }

    @Test
    void byteOrderMark_isNoPartOfTheFirstId() throws Exception {
        assertThat(file("\uFEFFa=" + KEY).writingId()).isEqualTo("a");
        Path utf16 = Files.writeString(directory.resolve("utf16"), "a=" + KEY, StandardCharsets.UTF_16);
        assertThatThrownBy(() -> EncryptionKeys.read("file:" + utf16, name -> null))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("is not in UTF-8");
    }

    @Test
    void variable_takesCommas() {
        EncryptionKeys keys = variable("a=" + KEY + ",b=" + OTHER_KEY);
        assertThat(keys.writingId()).isEqualTo("a");
        assertThat(keys.byId()).containsOnlyKeys("a", "b");
    }

    @Test
    void keysAreNotShown() throws Exception {
        assertThat(file("a=" + KEY).toString())
                .isEqualTo("file:" + directory.resolve("keys") + " (1 key, writing with a)")
                .doesNotContain(KEY);
        assertThat(variable("a=" + KEY + ",b=" + OTHER_KEY)).hasToString("env:HOLDFAST_KEYS (2 keys, writing with a)");
    }

    @ParameterizedTest
    @CsvSource({
        "'', holds no key",
        "'# only a comment', holds no key",
        "'c2VjcmV0', 'has an entry, number 1, that is not id=key'",
        "'a b=c2VjcmV0', 'has an entry, number 1, that is not id=key'",
        "'=c2VjcmV0', 'has an entry, number 1, that is not id=key'",
        "'a=c2VjcmV0', 'has an entry, number 1, whose key is not 32 bytes in Base64'",
        "'c2VjcmV0LXNlY3JldA==', 'has an entry, number 1, whose key is not 32 bytes in Base64'",
        "'a=c2Vj*mV0', 'has an entry, number 1, whose key is not 32 bytes in Base64'",
    })
    void wrongContent_isRefusedWithoutBeingShown(String content, String problem) {
        assertThatThrownBy(() -> file(content))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("Setting encryptionKeys=\"file:")
                .hasMessageContaining(problem)
                .message()
                .doesNotContain("c2Vj");
    }

    @Test
    void keyGivenTwice_isRefused() {
        assertThatThrownBy(() -> file("a=" + KEY + "\na=" + OTHER_KEY))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("has the key \"a\" twice");
    }

    @Test
    void missingSource_isNamed() {
        assertThatThrownBy(() -> EncryptionKeys.read("file:" + directory.resolve("none"), name -> null))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("cannot be read (NoSuchFileException)");
        assertThatThrownBy(() -> EncryptionKeys.read("env:NONE", name -> null))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("env:NONE")
                .hasMessageContaining("environment variable that is not set");
    }

    @ParameterizedTest
    @ValueSource(strings = {KEY, "a=" + KEY, ""})
    void keyInTheSettingItself_isRefusedAndNotShown(String text) {
        HoldfastSettings.Builder builder =
                HoldfastSettings.builder().set("redisUri", "redis://localhost").set("namespace", "shop");
        assertThatThrownBy(() -> builder.set("encryptionKeys", text).build())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("neither file: nor env:")
                .message()
                .doesNotContain(KEY);
    }
}
