package io.holdfast.corpus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * What a library takes for the state of its objects: what it lets Java serialization write. By reflection a test can set
 * fields nobody sets, or caches that are made anew on each node; only what changes the state has to be noticed.
 */
final class JavaState {
    private JavaState() {}

    /** Whether {@code place}, which can be undone, is state of {@code root}; afterwards {@code root} is as before. */
    static boolean contains(Object root, Place place) {
        byte[] before = bytes(root);
        try {
            place.change().run();
            return !Arrays.equals(bytes(root), before);
        } catch (RuntimeException e) {
            return false; // the library's own rules are broken: no application could have done that
        } finally {
            if (place.undo() != null) {
                place.undo().run();
            }
        }
    }

    private static byte[] bytes(Object root) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
