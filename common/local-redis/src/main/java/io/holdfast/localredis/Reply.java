package io.holdfast.localredis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One value as Redis sends it. The accessors say what the caller expects; a reply of another kind throws, naming both,
 * so a test that looks at the wrong key fails with the reason and not with a {@code ClassCastException}.
 *
 * <p>The kinds of RESP3 that RESP2 lacks are folded into these: a map is an array of names and values in turn, a set an
 * array, a double or big number a status, a boolean 1 or 0.
 */
public sealed interface Reply {

    /** The text of a status or, read as UTF-8, of a bulk string. */
    default String text() {
        throw new IllegalStateException("expected text, but Redis answered " + this);
    }

    /** The content of a bulk string. */
    default byte[] bytes() {
        throw new IllegalStateException("expected a bulk string, but Redis answered " + this);
    }

    default long number() {
        throw new IllegalStateException("expected a number, but Redis answered " + this);
    }

    default List<Reply> elements() {
        throw new IllegalStateException("expected an array, but Redis answered " + this);
    }

    /** The elements of an array of strings, in the order in which Redis sent them. */
    default List<String> texts() {
        return elements().stream().map(Reply::text).toList();
    }

    /** An array of names and values in turn, such as the answer to {@code HGETALL}, as a map. */
    default Map<String, Reply> fields() {
        List<Reply> elements = elements();
        Map<String, Reply> fields = new LinkedHashMap<>();
        for (int i = 0; i + 1 < elements.size(); i += 2) {
            fields.put(elements.get(i).text(), elements.get(i + 1));
        }
        return fields;
    }

    /** Whether Redis answered "nothing": no such key, no such field, or an {@code EXEC} that a {@code WATCH} stopped. */
    default boolean isNil() {
        return this == Nil.NIL;
    }

    record Status(String text) implements Reply {}

    record Numeric(long number) implements Reply {}

    /** An error. At top level {@link RespConnection#send} throws it; inside the answer to {@code EXEC} it is a value. */
    record Failure(String message) implements Reply {}

    record Array(List<Reply> elements) implements Reply {}

    /** A message that answers no command, such as a notification in RESP3. */
    record Push(List<Reply> elements) implements Reply {}

    /** A string of bytes. Not a record: records compare arrays by identity. */
    final class Bulk implements Reply {
        private final byte[] bytes;

        Bulk(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public String text() {
            return new String(bytes, UTF_8);
        }

        @Override
        public String toString() {
            return "Bulk[" + text() + "]";
        }
    }

    /** Nothing. */
    enum Nil implements Reply {
        NIL
    }
}
