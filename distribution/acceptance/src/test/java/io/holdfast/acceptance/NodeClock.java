package io.holdfast.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** The clock of a Tomcat, which goes before or after the one of this machine, and can be set while Tomcat runs. */
public final class NodeClock {
    private final Path file;
    private volatile Duration shift;

    private NodeClock(Path file) {
        this.file = file;
    }

    /** Makes the clock of a Tomcat that is not started yet wrong by so much; negative: it is late. */
    public static NodeClock of(TomcatInstall install, Duration shift) {
        NodeClock clock = new NodeClock(install.home().resolve("clock.shift"));
        clock.set(shift);
        install.withClock(clock.file);
        return clock;
    }

    /** Sets it: from now on it is wrong by so much. */
    public void set(Duration newShift) {
        ByteBuffer millis = ByteBuffer.allocate(Long.BYTES).putLong(0, newShift.toMillis());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(millis, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        shift = newShift;
    }

    /** By how much it is wrong. */
    public Duration shift() {
        return shift;
    }
}
