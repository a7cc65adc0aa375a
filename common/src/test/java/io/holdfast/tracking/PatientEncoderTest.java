package io.holdfast.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.session.EncodedValue;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class PatientEncoderTest {
    @Test
    void objectThatIsBeingChanged_isTriedAgain() {
        AtomicInteger tries = new AtomicInteger();

        assertThat(PatientEncoder.encode(new BusyFor(2, tries), "x")).isNotNull();
        assertThat(tries).hasValue(3);
    }

    @Test
    void objectThatIsAlwaysBeingChanged_isGivenUp() {
        assertThat(PatientEncoder.encode(new BusyFor(1_000, new AtomicInteger()), "x"))
                .isNull();
    }

    /** A codec whose first so many encodings meet a thread that changes the object. */
    private record BusyFor(int failures, AtomicInteger tries) implements AttributeCodec {
        private static final EncodedValue ENCODED = new EncodedValue(0, new byte[0]);

        @Override
        public EncodedValue encode(Object value) {
            if (tries.incrementAndGet() <= failures) {
                throw new ConcurrentModificationException();
            }
            return ENCODED;
        }

        @Override
        public Object decode(EncodedValue value, Predicate<String> wantedClasses) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isImmutable(Object value) {
            return false;
        }

        @Override
        public List<Object> changeableParts(Object value) {
            return List.of();
        }

        @Override
        public boolean isBindingListener(EncodedValue value) {
            return false;
        }
    }
}
