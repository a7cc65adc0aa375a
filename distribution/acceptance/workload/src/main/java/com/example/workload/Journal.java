package com.example.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file to which lines are appended, each in one write: what is written outlives this process, however that ends.
 * A line is the time in milliseconds since the epoch, what happened, the session's id, and a detail.
 */
final class Journal {
    private static volatile FileChannel file;

    private Journal() {}

    static void open(Path path) {
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static synchronized void write(String what, String session, String detail) {
        String line = System.currentTimeMillis() + " " + what + " " + session + " " + detail + "\n";
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
