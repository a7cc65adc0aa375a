package io.holdfast.wrongclock;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What time it is by a clock that is wrong. Everything but the JDK itself is made to ask here: the container, Holdfast, its
 * libraries and the application, as if somebody had set the clock of the machine. The stop watch, {@link System#nanoTime}, goes
 * right, as on such a machine.
 *
 * <p>By how much it is wrong stands in a file of 8 bytes, in milliseconds, big-endian. Whoever writes to that file sets the clock,
 * at once.
 *
 * <p>Calendars and the local dates and times of {@code java.time} are left as they are: neither Tomcat nor Holdfast goes by them.
 */
public final class WrongClock {
    private static volatile ByteBuffer shift = ByteBuffer.allocate(Long.BYTES);

    private WrongClock() {}

    /** Called by the JVM before anything else; {@code file}: the agent's argument. */
    public static void premain(String file, Instrumentation instrumentation) throws IOException {
        try (FileChannel channel = FileChannel.open(Path.of(file))) {
            shift = channel.map(MapMode.READ_ONLY, 0, Long.BYTES);
        }
        instrumentation.addTransformer(new ClockCalls());
    }

    /** In place of {@link System#currentTimeMillis()}. */
    public static long currentTimeMillis() {
        return System.currentTimeMillis() + shift.getLong(0);
    }

    /** In place of {@link Instant#now()}. */
    public static Instant now() {
        return Instant.now().plusMillis(shift.getLong(0));
    }
}
