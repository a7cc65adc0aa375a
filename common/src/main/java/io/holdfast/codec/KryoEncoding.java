package io.holdfast.codec;

import com.esotericsoftware.kryo.util.Pool;
import java.util.ConcurrentModificationException;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Encodes plain data with Kryo, in workspaces that are pooled: making one takes 15 times as long as using it. The pool belongs
 * to one application, whose classes the workspaces know.
 */
final class KryoEncoding implements Encoding {
    static {
        KryoLoading.withoutUnsafe();
    }

    private final Pool<KryoWorkspace> workspaces;

    KryoEncoding(ApplicationLoader loader, int maxBytes) {
        // Encoding does not wait for anything, so hardly more are in use than there are processors.
        ApplicationSerializers serializers = new ApplicationSerializers(loader.filter());
        int spare = 2 * Runtime.getRuntime().availableProcessors();
        workspaces = new Pool<>(true, false, spare) {
            @Override
            protected KryoWorkspace create() {
                return new KryoWorkspace(loader, serializers, maxBytes);
            }
        };
    }

    /** Null when the value needs Java serialization. */
    @Override
    public byte @Nullable [] write(Object value, int depth) {
        KryoWorkspace workspace = workspaces.obtain();
        byte[] payload;
        try {
            payload = workspace.write(value, depth);
        } catch (NeedsJavaSerializationException e) {
            payload = null;
        } catch (IndexOutOfBoundsException | NoSuchElementException | NullPointerException e) {
            // No application code runs here, and only another thread's changes break the JDK's own classes.
            throw (ConcurrentModificationException) new ConcurrentModificationException().initCause(e);
        }
        workspaces.free(workspace); // not after any other exception
        return payload;
    }

    @Override
    public @Nullable Object read(byte[] payload, RootClass root, int depth) {
        KryoWorkspace workspace = workspaces.obtain();
        Object value = workspace.read(payload, root, depth);
        workspaces.free(workspace); // not after an exception
        return value;
    }
}
