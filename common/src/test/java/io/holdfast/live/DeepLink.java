package io.holdfast.live;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A list of an application's own, as deep as it is long, that needs Java serialization and tells when it is written or read. */
@SuppressWarnings("unused") // only has to be stored
final class DeepLink implements Serializable {
    private static final long serialVersionUID = 1;
    private static Runnable passed = () -> {};
    private final @Nullable DeepLink next;

    DeepLink(@Nullable DeepLink next) {
        this.next = next;
    }

    private void writeObject(ObjectOutputStream output) throws IOException {
        passed.run();
        output.defaultWriteObject();
    }

    private void readObject(ObjectInputStream input) throws IOException, ClassNotFoundException {
        input.defaultReadObject();
        passed.run();
    }
}
