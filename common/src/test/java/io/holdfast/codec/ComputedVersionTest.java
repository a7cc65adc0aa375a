package io.holdfast.codec;

import static io.holdfast.codec.Codecs.heldByJava;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.session.EncodedValue;
import io.holdfast.session.ValueFlags;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * In Java serialization, a computed {@code serialVersionUID} of another release does not matter. {@link ApplicationInputStream}
 * relies on how the JDK reads the description of a class; a JDK that does it in another way must be noticed here.
 */
@SuppressWarnings("serial") // whether a version is declared is the point
class ComputedVersionTest {
    private static final String HINT = "This JDK (" + Runtime.version() + ") no longer reads a class's name and"
            + " serialVersionUID with readUTF and readLong in ObjectInputStream.readClassDescriptor, in this order."
            + " ApplicationInputStream has to find another way to replace computed versions, or attributes become"
            + " unreadable with each new release of an application.";

    static final class Computed implements Serializable {
        final int number = Integer.parseInt("7");
    }

    static final class Declared implements Serializable {
        private static final long serialVersionUID = 42;
    }

    /** As a release would have stored {@code value} in which the class had other members, hence another version. */
    private static EncodedValue fromAnotherRelease(Object value) {
        EncodedValue stored = Codecs.encode(heldByJava(value));
        assertThat(ValueFlags.codec(stored.flags())).isEqualTo(ValueFlags.JAVA_SERIALIZATION);
        byte[] payload = stored.payload().clone();
        byte[] name = value.getClass().getName().getBytes(StandardCharsets.UTF_8);
        int version = 0;
        while (!Arrays.equals(Arrays.copyOfRange(payload, version, version + name.length), name)) {
            version++;
        }
        version += name.length;
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        assertThat(bytes.getLong(version))
                .isEqualTo(ObjectStreamClass.lookup(value.getClass()).getSerialVersionUID());
        bytes.putLong(version, 4_711);
        return new EncodedValue(stored.flags(), payload);
    }

    @Test
    void computedVersion_mayDiffer() {
        EncodedValue stored = fromAnotherRelease(new Computed());
        assertThatCode(() -> Codecs.decode(stored)).as(HINT).doesNotThrowAnyException();
        List<?> decoded = (List<?>) Codecs.decode(stored);
        assertThat(((Computed) decoded.get(0)).number).isEqualTo(7);
    }

    @Test
    void declaredVersion_mayNot() {
        EncodedValue stored = fromAnotherRelease(new Declared());
        assertThatThrownBy(() -> Codecs.decode(stored))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining(Declared.class.getName());
    }
}
