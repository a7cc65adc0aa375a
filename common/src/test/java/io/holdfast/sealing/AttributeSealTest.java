package io.holdfast.sealing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.config.AttributeSettings;
import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.Setting;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.ValueFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sealed values come back as they were, in their own place only. */
class AttributeSealTest {
    private static final Place PLACE = Place.ofAttribute("0123456789abcdef", "cart");
    private static final String OLD_KEY = "old=" + "A".repeat(43) + "=";
    private static final String NEW_KEY = "new=" + "B".repeat(42) + "A=";

    @TempDir
    Path directory;

    private static AttributeSettings settings(Map<Setting, String> settings) {
        HoldfastSettings.Builder builder =
                HoldfastSettings.builder().set("redisUri", "redis://localhost").set("namespace", "shop");
        settings.forEach(builder::set);
        return builder.build().attributes();
    }

    private static AttributeSeal plainSeal() {
        return new AttributeSeal("shop", AttributeSettings.DEFAULTS);
    }

    private AttributeSeal encrypting(String namespace, boolean acceptUnencrypted, String... keys) throws IOException {
        Path file = Files.createTempFile(directory, "keys", ".txt");
        Files.writeString(file, String.join("\n", keys));
        return new AttributeSeal(
                namespace,
                settings(Map.of(
                        Setting.ENCRYPTION_KEYS,
                        "file:" + file,
                        Setting.ACCEPT_UNENCRYPTED,
                        String.valueOf(acceptUnencrypted))));
    }

    private static EncodedValue value(String text) {
        return new EncodedValue(ValueFlags.JAVA_SERIALIZATION | ValueFlags.BINDING_LISTENER, text.getBytes(UTF_8));
    }

    private static String text(EncodedValue value) {
        return new String(value.payload(), ISO_8859_1);
    }

    @Test
    void shortValue_isStoredAsItIs() {
        EncodedValue plain = value("short");
        assertThat(plainSeal().seal(PLACE, plain)).isSameAs(plain);
        assertThat(plainSeal().open(PLACE, plain)).isSameAs(plain);
    }

    @Test
    void longValue_isCompressed() {
        EncodedValue plain = value("line of an order;".repeat(1_000));

        EncodedValue sealed = plainSeal().seal(PLACE, plain);

        assertThat(sealed.size()).isLessThan(plain.size() / 20);
        assertThat(sealed.flags()).isEqualTo(plain.flags() | ValueFlags.COMPRESSED);
        assertThat(plainSeal().open(PLACE, sealed)).isEqualTo(plain);
    }

    @Test
    void valueThatWouldNotGetShorter_isStoredAsItIs() {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        EncodedValue plain = new EncodedValue(0, noise);
        assertThat(plainSeal().seal(PLACE, plain)).isSameAs(plain);
    }

    @ParameterizedTest
    @ValueSource(ints = {5_000, 5_001, 4_999})
    void threshold_decidesWhatIsCompressed_andNotWhatCanBeRead(int threshold) {
        EncodedValue plain = value("x".repeat(5_000));
        AttributeSeal seal = new AttributeSeal(
                "shop", settings(Map.of(Setting.COMPRESSION_THRESHOLD_BYTES, String.valueOf(threshold))));
        AttributeSeal never = new AttributeSeal("shop", settings(Map.of(Setting.COMPRESSION_THRESHOLD_BYTES, "0")));

        EncodedValue sealed = seal.seal(PLACE, plain);

        assertThat(ValueFlags.has(sealed.flags(), ValueFlags.COMPRESSED)).isEqualTo(threshold <= 5_000);
        assertThat(never.open(PLACE, sealed)).isEqualTo(plain);
        assertThat(never.seal(PLACE, plain)).isSameAs(plain);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64})
    void smallThreshold_breaksNoShortValue(int threshold) {
        AttributeSeal seal = new AttributeSeal(
                "shop", settings(Map.of(Setting.COMPRESSION_THRESHOLD_BYTES, String.valueOf(threshold))));
        for (int length = 0; length < 200; length++) {
            EncodedValue plain = value("x".repeat(length));
            assertThat(seal.open(PLACE, seal.seal(PLACE, plain))).isEqualTo(plain);
        }
    }

    @Test
    void damagedCompression_isUnreadable_andBelievesNoLength() {
        EncodedValue sealed = plainSeal().seal(PLACE, value("abcdefgh".repeat(2_000)));
        for (int at = 0; at < sealed.size(); at++) {
            byte[] damaged = sealed.payload().clone();
            damaged[at] ^= 0x40;
            EncodedValue tampered = new EncodedValue(sealed.flags(), damaged);
            try {
                assertThat(plainSeal().open(PLACE, tampered).size()).isEqualTo(16_000);
            } catch (UnreadableAttributeException e) {
                assertThat(e).hasMessageContaining("damaged");
            }
            EncodedValue cut = new EncodedValue(sealed.flags(), Arrays.copyOf(sealed.payload(), at));
            assertThatThrownBy(() -> plainSeal().open(PLACE, cut)).isInstanceOf(UnreadableAttributeException.class);
        }
        byte[] huge = sealed.payload().clone();
        huge[0] = 0x7F;
        assertThatThrownBy(() -> plainSeal().open(PLACE, new EncodedValue(sealed.flags(), huge)))
                .hasMessageContaining("damaged");
    }

    @Test
    void compressedValueLongerThanTheLimit_isUnreadable() {
        EncodedValue sealed = plainSeal().seal(PLACE, value("x".repeat(5_000)));
        AttributeSeal small = new AttributeSeal("shop", settings(Map.of(Setting.MAX_ATTRIBUTE_BYTES, "4096")));
        assertThatThrownBy(() -> small.open(PLACE, sealed))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining("maxAttributeBytes")
                .hasMessageContaining("4096");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 10_000})
    void encryptedValue_showsNothing_andComesBack(int length) throws IOException {
        EncodedValue plain = value("secret ".repeat(length));
        AttributeSeal seal = encrypting("shop", false, NEW_KEY);

        EncodedValue sealed = seal.seal(PLACE, plain);

        assertThat(text(sealed)).startsWith("\3new").doesNotContain("secret");
        assertThat(ValueFlags.has(sealed.flags(), ValueFlags.ENCRYPTED)).isTrue();
        assertThat(encrypting("shop", false, NEW_KEY).open(PLACE, sealed)).isEqualTo(plain);
        assertThat(seal.seal(PLACE, plain)).as("another nonce each time").isNotEqualTo(sealed);
    }

    @Test
    void encryptedValue_isReadableInItsOwnPlaceOnly() throws IOException {
        AttributeSeal seal = encrypting("shop", false, NEW_KEY);
        EncodedValue sealed = seal.seal(PLACE, value("secret"));
        for (Place other : new Place[] {
            Place.ofAttribute("0123456789abcdee", "cart"),
            Place.ofAttribute("0123456789abcdef", "user"),
            Place.ofContainerState("0123456789abcdef", "cart")
        }) {
            assertThatThrownBy(() -> seal.open(other, sealed))
                    .isInstanceOf(UnreadableAttributeException.class)
                    .hasMessageContaining("belong to another session, attribute or key");
        }
        AttributeSeal otherApplication = encrypting("admin", false, NEW_KEY);
        assertThatThrownBy(() -> otherApplication.open(PLACE, sealed)).isInstanceOf(UnreadableAttributeException.class);
    }

    @Test
    void encryptedValue_cannotBeChanged_norItsFlags() throws IOException {
        AttributeSeal seal = encrypting("shop", false, NEW_KEY);
        EncodedValue sealed = seal.seal(PLACE, value("secret"));
        for (int at = 0; at < sealed.size(); at++) {
            byte[] changed = sealed.payload().clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> seal.open(PLACE, new EncodedValue(sealed.flags(), changed)))
                    .isInstanceOf(UnreadableAttributeException.class);
            EncodedValue cut = new EncodedValue(sealed.flags(), Arrays.copyOf(sealed.payload(), at));
            assertThatThrownBy(() -> seal.open(PLACE, cut)).isInstanceOf(UnreadableAttributeException.class);
        }
        int otherFlags = sealed.flags() ^ ValueFlags.JAVA_SERIALIZATION;
        assertThatThrownBy(() -> seal.open(PLACE, new EncodedValue(otherFlags, sealed.payload())))
                .isInstanceOf(UnreadableAttributeException.class);
    }

    @Test
    void keysRotate_whileBothAreRead() throws IOException {
        EncodedValue byOld = encrypting("shop", false, OLD_KEY).seal(PLACE, value("old"));
        AttributeSeal introducing = encrypting("shop", false, OLD_KEY, NEW_KEY);
        AttributeSeal retiring = encrypting("shop", false, NEW_KEY, OLD_KEY);
        EncodedValue byNew = retiring.seal(PLACE, value("new"));

        assertThat(text(introducing.seal(PLACE, value("x")))).startsWith("\3old");
        assertThat(introducing.open(PLACE, byNew)).isEqualTo(value("new"));
        assertThat(retiring.open(PLACE, byOld)).isEqualTo(value("old"));
        AttributeSeal newOnly = encrypting("shop", false, NEW_KEY);
        assertThatThrownBy(() -> newOnly.open(PLACE, byOld))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining("encrypted with a key \"old\" that this node does not have");
    }

    @Test
    void unencryptedValue_isReadWhereThereAreKeys_onlyIfAccepted() throws IOException {
        EncodedValue plain = value("plain");
        assertThat(encrypting("shop", true, NEW_KEY).open(PLACE, plain)).isEqualTo(plain);
        AttributeSeal strict = encrypting("shop", false, NEW_KEY);
        assertThatThrownBy(() -> strict.open(PLACE, plain))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining("acceptUnencrypted");
    }

    @Test
    void encryptedValue_whereThereAreNoKeys_isUnreadable() throws IOException {
        EncodedValue sealed = encrypting("shop", false, NEW_KEY).seal(PLACE, value("secret"));
        assertThatThrownBy(() -> plainSeal().open(PLACE, sealed))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining("encryptionKeys");
    }

    @Test
    void flagsOfANewerVersion_areLeftToTheCodec() {
        EncodedValue newer = new EncodedValue(255, new byte[] {1});
        assertThat(plainSeal().open(PLACE, newer)).isSameAs(newer);
    }
}
