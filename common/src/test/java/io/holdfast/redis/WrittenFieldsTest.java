package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the record notes of the latest commits. */
class WrittenFieldsTest {
    @Test
    void firstCommit_isNotedWithItsVersion() {
        assertThat(text(after(null, 2, "@a", "$user"))).isEqualTo("2:\2@a\5$user\0");
    }

    @Test
    void nextCommit_comesFirst() {
        assertThat(text(after(after(after(null, 9, "@a"), 10), 11, "@b"))).isEqualTo("11:\2@b\0\0\2@a\0");
    }

    @Test
    void commitOnTopOfOneThatIsNotNoted_beginsAnew() {
        assertThat(text(after(after(null, 2, "@a"), 4, "@b"))).isEqualTo("4:\2@b\0");
        assertThat(text(after(after(null, 1, "@a"), 12, "@b"))).isEqualTo("12:\2@b\0");
    }

    @Test
    void olderThanTheRecordRemembers_isForgotten() {
        byte[] field = null;
        for (int version = 2; version < 20; version++) {
            field = after(field, version, "@" + version);
        }

        assertThat(text(field)).startsWith("19:\3@19\0").endsWith("\3@13\0").doesNotContain("@12");
    }

    @Test
    void whatDoesNotFit_isLeftOut() {
        String name = "@" + "x".repeat(199);
        byte[] field = after(after(after(after(null, 2, "@a"), 3, name), 4, name), 5, name);

        assertThat(text(field)).startsWith("5:\u00c8@x").hasSize(2 + 2 * 202).doesNotContain("@a");
        assertThat(text(after(field, 6, name, name))).startsWith("6:\u00c8@x").hasSize(2 + 2 * 201 + 1);
        assertThat(text(after(field, 6, name, name, name))).isEqualTo("6:");
        assertThat(text(after(field, 6, "@" + "x".repeat(255)))).isEqualTo("6:");
    }

    @Test
    void damagedField_addsNothingThatIsNotThere() {
        byte[] before = "2:\u00c8@a".getBytes(ISO_8859_1);

        assertThat(text(after(before, 3, "@b"))).isEqualTo("3:\2@b\0");
        assertThat(text(after("".getBytes(ISO_8859_1), 3, "@b"))).isEqualTo("3:\2@b\0");
    }

    private static byte[] after(byte[] before, long version, String... fields) {
        List<byte[]> names = new ArrayList<>();
        IntStream.range(0, fields.length).forEach(i -> names.add(fields[i].getBytes(ISO_8859_1)));
        return WrittenFields.after(before, version, names);
    }

    private static String text(byte[] field) {
        return new String(field, ISO_8859_1);
    }
}
