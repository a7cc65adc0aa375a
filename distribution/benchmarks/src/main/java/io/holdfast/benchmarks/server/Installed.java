package io.holdfast.benchmarks.server;

import java.nio.file.Path;

/** What the build has put into one directory, to be installed in servers. */
public final class Installed {
    private static final Path DIRECTORY = Path.of("target", "installed");

    private Installed() {}

    /** A file by its name, which has no version. */
    public static Path file(String name) {
        return DIRECTORY.resolve(name).toAbsolutePath();
    }
}
