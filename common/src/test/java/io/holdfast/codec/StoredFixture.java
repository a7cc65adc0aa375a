package io.holdfast.codec;

import io.holdfast.session.EncodedValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * A value with the bytes a release has stored it in, which are kept in a file so that a later release can be held to them.
 *
 * <pre>
 * # what the value is, for the reader
 * flags 0
 * 01 00 6a 61 76 61 2e 75 74 69 6c 2e 41 72 72 61  |..java.util.Arra|
 * </pre>
 *
 * @param name of the file, without its extension
 * @param value makes the value anew
 * @param read makes what is to be read; mostly an equal value
 * @param sameBytes whether an equal value has the same bytes in every JVM
 */
record StoredFixture(String name, Supplier<Object> value, Supplier<Object> read, boolean sameBytes) {
    /** Beside the sources, not on the class path: the test can add to it. */
    static final Path DIRECTORY = Path.of("src", "test", "resources", "fixtures", "format-1");

    private static final String EXTENSION = ".txt";
    private static final String FLAGS = "flags ";
    private static final int BYTES_PER_LINE = 16;
    private static final int MAX_COMMENT = 110;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    /** A value that is read as it was written, and always written alike. */
    static StoredFixture of(String name, Supplier<Object> value) {
        return new StoredFixture(name, value, value, true);
    }

    /** A value in place of which something else is read. */
    StoredFixture readAs(Supplier<Object> other) {
        return new StoredFixture(name, value, other, sameBytes);
    }

    /**
     * A value whose bytes depend on the JVM, as {@code Set.of(...)} with its random order, or on the JDK's release, as some of
     * the JDK's own classes in Java serialization.
     */
    StoredFixture withBytesOfItsOwn() {
        return new StoredFixture(name, value, read, false);
    }

    Path file() {
        return DIRECTORY.resolve(name + EXTENSION);
    }

    /** The stored bytes. */
    EncodedValue load() {
        try {
            int flags = -1;
            ByteArrayOutputStream payload = new ByteArrayOutputStream();
            for (String line : Files.readAllLines(file())) {
                if (line.startsWith(FLAGS)) {
                    flags = Integer.parseInt(line.substring(FLAGS.length()));
                } else if (!line.startsWith("#")) {
                    payload.writeBytes(
                            HEX.parseHex(line.substring(0, line.indexOf('|')).strip()));
                }
            }
            return new EncodedValue(flags, payload.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the file, which must not exist: what a release has stored once never changes. */
    void save(EncodedValue stored) {
        try {
            Files.createDirectories(DIRECTORY);
            Files.write(file(), text(stored), StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code stored} as it would stand in the file. */
    List<String> text(EncodedValue stored) {
        String portrait = Portrait.of(read.get()).replaceAll("[^ -~]", "?");
        List<String> lines = new ArrayList<>();
        lines.add("# " + (portrait.length() > MAX_COMMENT ? portrait.substring(0, MAX_COMMENT) + "..." : portrait));
        lines.add(FLAGS + stored.flags());
        byte[] payload = stored.payload();
        for (int from = 0; from < payload.length; from += BYTES_PER_LINE) {
            int length = Math.min(BYTES_PER_LINE, payload.length - from);
            String readable = new String(payload, from, length, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
            String hex = HEX.formatHex(payload, from, from + length);
            lines.add(hex + " ".repeat(3 * (BYTES_PER_LINE - length)) + "  |" + readable + "|");
        }
        return lines;
    }

    @Override
    public String toString() {
        return name;
    }
}
