package io.holdfast.localredis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The {@code redis-server} program to run.
 *
 * @param path where it lies, executable
 * @param origin where it came from, for messages
 */
record RedisBinary(Path path, String origin) {
    private static final String BUNDLED_VERSION = "7.0.15";

    /** The one on the {@code PATH} if there is one, else the bundled one. */
    static RedisBinary find() {
        RedisBinary installed = onPath(System.getenv("PATH"));
        return installed != null ? installed : Bundled.EXTRACTED;
    }

    static @Nullable RedisBinary onPath(@Nullable String searchPath) {
        if (searchPath == null) {
            return null;
        }
        for (String directory : searchPath.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(directory, "redis-server");
            if (!directory.isEmpty() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return new RedisBinary(candidate, "redis-server on the PATH");
            }
        }
        return null;
    }

    /** Unpacks the program that fits this machine from the class path into a temporary file that goes with the JVM. */
    static RedisBinary bundled() {
        String name = "redis-server-" + BUNDLED_VERSION + "-" + operatingSystem() + "-" + architecture();
        try (InputStream program = RedisBinary.class.getResourceAsStream("/" + name)) {
            if (program == null) {
                throw new IllegalStateException("no " + name + " is bundled and no redis-server is on the PATH; install"
                        + " Redis 6.2 or newer and try again");
            }
            Path file = Files.createTempFile("holdfast-redis-server", "");
            file.toFile().deleteOnExit();
            Files.copy(program, file, StandardCopyOption.REPLACE_EXISTING);
            if (!file.toFile().setExecutable(true)) {
                throw new IllegalStateException("cannot make " + file + " executable");
            }
            return new RedisBinary(file, "bundled binary");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + name, e);
        }
    }

    private static String operatingSystem() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name;
    }

    private static String architecture() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            case "x86", "i386", "i686" -> "386";
            default -> name;
        };
    }

    /** Unpacks at most once per JVM. */
    private static final class Bundled {
        static final RedisBinary EXTRACTED = bundled();
    }
}
