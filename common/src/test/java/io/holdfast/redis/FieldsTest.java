package io.holdfast.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.Setting;
import io.holdfast.session.CommitId;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.SecretHash;
import io.holdfast.session.SessionMetadata;
import io.holdfast.session.StoredAttribute;
import io.holdfast.session.UnsupportedRecordException;
import io.holdfast.session.Writer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of the fields, and the arithmetic of times to live. */
class FieldsTest {
    private static final SecretHash HASH = SecretHash.of("secret");

    @Nested
    class Attribute {
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 127, 128, 254})
        void flagsAndVersion_comeBackAsTheyWere(int flags) {
            EncodedValue value = new EncodedValue(flags, new byte[] {1, 2, 3});
            byte[] field = AttributeField.encode(value);
            AttributeField.stamp(field, Long.MAX_VALUE - 1);

            assertThat(field).hasSize(13);
            assertThat(AttributeField.version(field)).isEqualTo(Long.MAX_VALUE - 1);
            assertThat(AttributeField.decode(field)).isEqualTo(new StoredAttribute(value, Long.MAX_VALUE - 1));
        }

        @Test
        void emptyPayload_isReadable() {
            EncodedValue value = new EncodedValue(0, new byte[0]);
            assertThat(AttributeField.decode(AttributeField.encode(value)).value())
                    .isEqualTo(value);
        }

        @Test
        void damagedOrNewerHeader_isUnreadableAndAsOldAsTheRecord() {
            byte[] newer = AttributeField.encode(new EncodedValue(0, new byte[20]));
            newer[0] = 2;
            for (byte[] field : List.of(new byte[0], new byte[9], newer)) {
                assertThat(AttributeField.version(field)).isEqualTo(1);
                assertThat(AttributeField.decode(field))
                        .isEqualTo(new StoredAttribute(new EncodedValue(AttributeField.UNREADABLE_FLAGS, field), 1));
            }
        }
    }

    @Nested
    class Metadata {
        @ParameterizedTest
        @ValueSource(ints = {-1, 0, 1, 1_800, Integer.MAX_VALUE, Integer.MIN_VALUE})
        void comesBackAsItWas(int maxInactiveSeconds) {
            CommitId first = new CommitId(Long.MIN_VALUE, Long.MAX_VALUE);
            SessionMetadata metadata = new SessionMetadata(
                    -5,
                    first,
                    maxInactiveSeconds,
                    HASH,
                    List.of(first, new CommitId(-1, -1)),
                    List.of(new Writer("app-1", "/shop/ä")));

            assertThat(MetadataField.decode("r", MetadataField.encode(metadata)))
                    .isEqualTo(metadata);
        }

        @Test
        void withEightCommitsAndThreeWriters_takesLessThanThreeHundredBytes() {
            Random random = new Random(1);
            SessionMetadata metadata = new SessionMetadata(
                    1_750_000_000_000L,
                    new CommitId(random.nextLong(), 1),
                    1_800,
                    HASH,
                    List.of(new CommitId(1, 1)),
                    List.of());
            for (int i = 0; i < 20; i++) {
                metadata = metadata.after(
                        new CommitId(random.nextLong(), 100_000_000L + i),
                        new Writer("application-server-3-48213", "/shop/cart/add"),
                        MetadataChange.NONE);
            }

            byte[] field = MetadataField.encode(metadata);

            assertThat(metadata.recentCommits()).hasSize(8);
            assertThat(metadata.recentWriters()).hasSize(3);
            assertThat(field).hasSizeLessThan(300);
            assertThat(MetadataField.decode("r", field)).isEqualTo(metadata);
        }

        @Test
        void everyTruncationAndEveryExtraByte_isDamaged() {
            byte[] field = MetadataField.encode(new SessionMetadata(
                    1_750_000_000_000L,
                    new CommitId(7, 300),
                    1_800,
                    HASH,
                    List.of(new CommitId(9, 400)),
                    List.of(new Writer("a", "/b"))));
            for (int length = 0; length < field.length; length++) {
                assertDamaged(Arrays.copyOf(field, length));
            }
            assertDamaged(Arrays.copyOf(field, field.length + 1));
            byte[] overlong = new byte[60];
            Arrays.fill(overlong, (byte) -1);
            overlong[0] = 1;
            assertDamaged(overlong);
            byte[] formatZero = field.clone();
            formatZero[0] = 0;
            assertDamaged(formatZero);
        }

        @Test
        void newerFormat_isRefusedWithRecordFormatsAndRemedy() {
            assertThatThrownBy(() -> MetadataField.decode("0123456789abcdef", new byte[] {3}))
                    .isInstanceOf(UnsupportedRecordException.class)
                    .hasMessageContainingAll("0123456789abcdef", "format 3", "up to 1", "update this node");
        }

        private void assertDamaged(byte[] field) {
            assertThatThrownBy(() -> MetadataField.decode("0123456789abcdef", field))
                    .isInstanceOf(UnsupportedRecordException.class)
                    .hasMessageContainingAll("0123456789abcdef", field.length + " bytes", "damaged");
        }
    }

    @Nested
    class Numbers {
        @ParameterizedTest
        @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, Long.MAX_VALUE, -1, Long.MIN_VALUE})
        void comeBackAsTheyWere(long number) {
            ByteBuffer buffer = ByteBuffer.allocate(Varint.MAX_LENGTH);
            Varint.write(buffer, number);
            assertThat(Varint.read(buffer.flip())).isEqualTo(number);
            assertThat(buffer.hasRemaining()).isFalse();
            assertThat(Varint.unzigzag(Varint.zigzag(number))).isEqualTo(number);
        }
    }

    @Nested
    class Life {
        private final TimeToLive timeToLive = new TimeToLive(HoldfastSettings.builder()
                .set(Setting.REDIS_URI, "redis://localhost")
                .set(Setting.NAMESPACE, "n")
                .set(Setting.TOUCH_INTERVAL_SECONDS, "30")
                .set(Setting.EXPIRY_GRACE_SECONDS, "300")
                .build());

        @Test
        void fullTime_isTimeOutPlusTouchIntervalPlusGrace() {
            assertThat(timeToLive.millis(1_800)).isEqualTo((1_800 + 30 + 300) * 1_000L);
            assertThat(timeToLive.millis(60)).isEqualTo((60 + 3 + 300) * 1_000L);
        }

        @Test
        void fullTime_ofSessionThatNeverEnds_isTenYears() {
            assertThat(timeToLive.millis(0))
                    .isGreaterThan(Duration.ofDays(3_650).toMillis());
            assertThat(timeToLive.millis(-1)).isEqualTo(timeToLive.millis(0));
        }

        @Test
        void recordWithNoMoreThanTheGraceLeft_hasEnded() {
            assertThat(timeToLive.isAlive(300_001)).isTrue();
            assertThat(timeToLive.isAlive(300_000)).isFalse();
            assertThat(timeToLive.isAlive(0)).isFalse();
            assertThat(timeToLive.isAlive(-2)).isFalse();
        }

        @Test
        void recordWithoutTimeToLive_isAliveAndNotIdle() {
            assertThat(timeToLive.isAlive(-1)).isTrue();
            assertThat(timeToLive.idleMillis(1_800, -1)).isZero();
        }

        @Test
        void idleTime_isWhatIsGoneOfTheFullTime_andNeverNegative() {
            assertThat(timeToLive.idleMillis(1_800, timeToLive.millis(1_800) - 5))
                    .isEqualTo(5);
            assertThat(timeToLive.idleMillis(1_800, timeToLive.millis(1_800) + 5))
                    .isZero();
        }
    }
}
