package io.holdfast.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest {
    @TempDir
    private Path temporary;

    @Test
    void fresh_whereFilesAreLeft_isEmpty() {
        new Directory(temporary).write("server/conf/old.xml", "old");

        Directory fresh = Directory.fresh(temporary.resolve("server"));

        assertThat(fresh.path()).isEmptyDirectory();
    }

    @Test
    void replace_whatIsThere_replacesTheFirst() {
        Directory directory = new Directory(temporary);
        directory.write("conf/server.xml", "port=1 port=1");

        directory.replace("conf/server.xml", "port=1", "port=0");

        assertThat(directory.read("conf/server.xml")).isEqualTo("port=0 port=1");
    }

    @Test
    void replace_whatIsNotThere_namesTheFile() {
        Directory directory = new Directory(temporary);
        directory.write("conf/server.xml", "port=1");

        assertThatThrownBy(() -> directory.replace("conf/server.xml", "port=8080", "port=0"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("conf/server.xml", "port=8080");
    }

    @Test
    void unpacked_twoVersions_saysWhatToDo() throws IOException {
        Files.createDirectories(temporary.resolve("jetty/jetty-home-1"));
        Files.createDirectories(temporary.resolve("jetty/jetty-home-2"));

        assertThatThrownBy(() -> Directory.unpacked(temporary.resolve("jetty")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mvn clean");
        assertThatThrownBy(() -> Directory.unpacked(temporary.resolve("tomcat")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("-Phttp-benchmarks");
    }

    @Test
    void unzip_addsAllFiles() throws IOException {
        Path zip = temporary.resolve("overlay.zip");
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream content = new ZipOutputStream(file)) {
            content.putNextEntry(new ZipEntry("modules/"));
            content.putNextEntry(new ZipEntry("modules/store.mod"));
            content.write("[description]".getBytes(StandardCharsets.UTF_8));
        }
        Directory directory = new Directory(temporary.resolve("base"));

        directory.unzip(zip);

        assertThat(directory.read("modules/store.mod")).isEqualTo("[description]");
    }
}
