package io.holdfast.localredis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisBinaryTest {
    @TempDir
    Path directory;

    @Test
    void onPath_findsTheFirstExecutable() throws IOException {
        Path notExecutable =
                Files.createFile(Files.createDirectory(directory.resolve("a")).resolve("redis-server"));
        Path executable =
                Files.createFile(Files.createDirectory(directory.resolve("b")).resolve("redis-server"));
        assertThat(executable.toFile().setExecutable(true)).isTrue();

        RedisBinary found = RedisBinary.onPath(notExecutable.getParent() + File.pathSeparator + executable.getParent());

        assertThat(found).isEqualTo(new RedisBinary(executable, "redis-server on the PATH"));
    }

    @Test
    void onPath_withoutRedis_isNull() {
        assertThat(RedisBinary.onPath(directory.toString())).isNull();
        assertThat(RedisBinary.onPath(null)).isNull();
    }

    @Test
    void bundled_runsOnThisMachine() throws IOException {
        RedisBinary bundled = RedisBinary.bundled();
        Process version = new ProcessBuilder(bundled.path().toString(), "--version").start();
        assertThat(new String(version.getInputStream().readAllBytes(), UTF_8)).startsWith("Redis server v=7.0.15");
    }
}
