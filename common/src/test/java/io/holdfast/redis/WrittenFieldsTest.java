package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the record notes of a commit, and where. */
class WrittenFieldsTest {
    @Test
    void commit_isNotedWithItsVersion() {
        assertThat(text(note(2, "@a", "$user"))).isEqualTo("2:\2@a\5$user");
        assertThat(text(note(3))).isEqualTo("3:");
    }

    @Test
    void commitsThatTheRecordRemembers_haveANoteEach() {
        assertThat(text(RedisKeys.written(7))).isEqualTo("w0");
        assertThat(text(RedisKeys.written(13))).isEqualTo("w6");
        assertThat(text(RedisKeys.written(14))).isEqualTo("w0");
        assertThat(text(RedisKeys.written((1L << 53) - 1))).isEqualTo("w" + ((1L << 53) - 1) % 7);
    }

    @Test
    void whatDoesNotFit_isNotNoted() {
        String name = "@" + "x".repeat(253);

        assertThat(text(note(2, name, name))).startsWith("2:\u00fe@x").hasSize(2 + 2 * 255);
        assertThat(note(2, name, name, "")).isNull();
        assertThat(note(2, "@" + "x".repeat(254))).isNotNull();
        assertThat(note(2, "@" + "x".repeat(255))).isNull();
    }

    private static byte @Nullable [] note(long version, String... fields) {
        List<byte[]> names = new ArrayList<>();
        for (String field : fields) {
            names.add(field.getBytes(ISO_8859_1));
        }
        return WrittenFields.note(version, names);
    }

    private static String text(byte @Nullable [] field) {
        assertThat(field).isNotNull();
        return new String(field, ISO_8859_1);
    }
}
