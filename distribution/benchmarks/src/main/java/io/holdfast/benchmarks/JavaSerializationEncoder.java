package io.holdfast.benchmarks;

import io.holdfast.session.EncodedValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.UncheckedIOException;

/**
 * Java serialization as a session manager uses it: one stream for each attribute, and the application's classes. Without
 * the class filter that a container may add, which would make it slower.
 */
final class JavaSerializationEncoder implements Encoding.Encoder {
    private final ClassLoader applicationLoader;

    JavaSerializationEncoder(ClassLoader applicationLoader) {
        this.applicationLoader = applicationLoader;
    }

    @Override
    public EncodedValue encode(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new EncodedValue(0, bytes.toByteArray());
    }

    @Override
    public Object decode(EncodedValue encoded) {
        try (ObjectInputStream input = new ApplicationInputStream(new ByteArrayInputStream(encoded.payload()))) {
            return input.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("not a class of the payloads: " + e.getMessage(), e);
        }
    }

    private final class ApplicationInputStream extends ObjectInputStream {
        ApplicationInputStream(InputStream input) throws IOException {
            super(input);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass descriptor) throws ClassNotFoundException {
            return Class.forName(descriptor.getName(), false, applicationLoader);
        }
    }
}
