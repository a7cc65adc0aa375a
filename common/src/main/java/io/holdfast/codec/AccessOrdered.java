package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.holdfast.codec.SerializerRouter.Route;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code LinkedHashMap} in order of access, as caches are made of, on its way into the stored form and back.
 *
 * <p>The map does not tell its order. Where {@code java.util} is open, as Tomcat's start scripts make it, its field does;
 * elsewhere its serialized form, of which nothing but the last byte is looked at: that field.
 *
 * @param map the map
 */
record AccessOrdered(LinkedHashMap<?, ?> map) {
    private static final @Nullable Field FIELD = accessibleField();

    /**
     * The map as an {@code AccessOrdered} if it is one, else itself.
     *
     * @throws NeedsJavaSerializationException when something in it does: asking for the order could run its code
     * @throws ConcurrentModificationException when another thread is changing the map, or has broken it
     */
    @SuppressWarnings("NonApiType") // other maps have no order of access
    static Object orItself(LinkedHashMap<?, ?> map) {
        if (FIELD == null) {
            requirePlainParts(map);
        }
        return isOrderOf(map) ? new AccessOrdered(map) : map;
    }

    private static void requirePlainParts(LinkedHashMap<?, ?> map) {
        int left = map.size();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            left = Parts.requireLeft(left);
            requirePlain(entry.getKey());
            requirePlain(entry.getValue());
        }
    }

    private static void requirePlain(@Nullable Object part) {
        if (part != null && SerializerRouter.routeOf(part.getClass()) == Route.JAVA_SERIALIZATION) {
            throw new NeedsJavaSerializationException();
        }
    }

    /** Whether {@code map} is in order of access. Changes nothing in it, and runs no code but {@code writeReplace}. */
    static boolean isOrderOf(LinkedHashMap<?, ?> map) {
        try {
            return FIELD == null ? lastByteOf(map) == 1 : FIELD.getBoolean(map);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(FIELD + " was made accessible before", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nothing is written anywhere
        }
    }

    static int lastByteOf(LinkedHashMap<?, ?> map) throws IOException {
        LastByte last = new LastByte(map.size());
        try (Outline outline = new Outline(last, map)) {
            outline.writeObject(map);
        }
        return last.value;
    }

    private static @Nullable Field accessibleField() {
        try {
            Field field = LinkedHashMap.class.getDeclaredField("accessOrder");
            return field.trySetAccessible() ? field : null;
        } catch (NoSuchFieldException e) {
            return null;
        }
    }

    /** Serialization of a map without keys, values and names of classes. */
    private static final class Outline extends ObjectOutputStream {
        private final Object map;

        Outline(OutputStream output, Object map) throws IOException {
            super(output);
            this.map = map;
            enableReplaceObject(true);
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // the map itself may be one of its values, and an equal one too
        protected @Nullable Object replaceObject(Object object) {
            return object == map ? object : null;
        }

        @Override
        protected void writeClassDescriptor(ObjectStreamClass descriptor) {
            // not of interest
        }
    }

    /**
     * Takes no more than a map of that size gives: threads that use one at the same time can leave its entries linked in a
     * circle, and nobody but the reader of an endless stream would notice.
     */
    private static final class LastByte extends OutputStream {
        private static final int MAX_BYTES_PER_ENTRY = 10; // two references to the map itself
        private static final int MAX_OTHER_BYTES = 1_000;

        private final int entries;
        private long left;
        private int value;

        LastByte(int entries) {
            this.entries = entries;
            left = MAX_OTHER_BYTES + (long) MAX_BYTES_PER_ENTRY * entries;
        }

        @Override
        public void write(int newValue) {
            take(1);
            value = newValue;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            take(length);
            if (length > 0) {
                value = bytes[offset + length - 1];
            }
        }

        private void take(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw new ConcurrentModificationException("more entries than the " + entries + " the map counts");
            }
        }
    }

    /** Stores the entries, the one used longest ago first. */
    static final class Maps extends Serializer<Object> {
        private static final int INITIAL_CAPACITY = 16;
        private static final float LOAD_FACTOR = 0.75f;

        private final FilledSerializer<LinkedHashMap<Object, Object>> entries =
                FilledSerializer.ofEntries(() -> new LinkedHashMap<>(INITIAL_CAPACITY, LOAD_FACTOR, true));

        @Override
        public void write(Kryo kryo, Output output, Object object) {
            Parts.writeEntries(kryo, output, ((AccessOrdered) object).map());
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<?> type) {
            return entries.read(kryo, input);
        }
    }
}
