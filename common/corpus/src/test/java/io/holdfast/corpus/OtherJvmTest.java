package io.holdfast.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.corpus.InstalledJdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one JVM has stored another one reads, of the same and of a newer JDK, and the first reads what the other stored. */
class OtherJvmTest {
    private static final int MAX_SECONDS = 300;

    static List<Jdk> jdks() {
        return InstalledJdks.runningAndNewest();
    }

    @BeforeAll
    static void sayWhichAreUsed() {
        List<Jdk> jdks = jdks();
        System.out.println("The corpus is read by other JVMs: " + jdks
                + (jdks.size() == 1 ? "; this machine has no JDK newer than the running one" : ""));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void valuesGoToAnotherJvmAndBack(Jdk jdk, @TempDir Path directory) throws Exception {
        StoredCorpus corpus = new StoredCorpus(directory);
        corpus.write();

        readIn(jdk, directory);

        List<String> failures = new ArrayList<>();
        corpus.read(failures);
        assertThat(failures).as("read by this JVM after " + jdk).isEmpty();
    }

    private static void readIn(Jdk jdk, Path directory) throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(
                        jdk.launcher().toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherJvm.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS))
                    .as(jdk + " is done")
                    .isTrue();
            assertThat(process.exitValue())
                    .as("result of " + jdk + ": " + Files.readString(output))
                    .isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
