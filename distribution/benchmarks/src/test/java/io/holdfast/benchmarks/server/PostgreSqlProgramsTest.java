package io.holdfast.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgreSqlProgramsTest {
    @TempDir
    private Path temporary;

    @Test
    void find_serversOfSeveralVersions_takesTheNewest() throws IOException {
        install("versions/9/bin");
        install("versions/15/bin");
        install("versions/common/bin");

        assertThat(PostgreSqlPrograms.find("", temporary.resolve("versions")))
                .contains(temporary.resolve("versions/15/bin"));
    }

    @Test
    void find_aServerOnThePath_takesThat() throws IOException {
        install("versions/15/bin");
        install("own");

        assertThat(PostgreSqlPrograms.find(
                        temporary.resolve("other") + File.pathSeparator + temporary.resolve("own"),
                        temporary.resolve("versions")))
                .contains(temporary.resolve("own"));
    }

    @Test
    void find_onlyAClient_findsNothing() throws IOException {
        create("client", List.of("psql"));

        assertThat(PostgreSqlPrograms.find(temporary.resolve("client").toString(), temporary.resolve("versions")))
                .isEmpty();
    }

    @Test
    void command_withoutAUserOfItsOwn_startsTheProgramWithoutSettingsOfOurEnvironment() {
        ProcessBuilder command = new PostgreSqlPrograms(Path.of("/programs"), null).command("psql", "--no-psqlrc");

        assertThat(command.command()).containsExactly("/programs/psql", "--no-psqlrc");
        assertThat(command.environment().keySet()).noneMatch(name -> name.startsWith("PG"));
    }

    private void install(String directory) throws IOException {
        create(directory, List.of("postgres", "initdb", "psql"));
    }

    private void create(String directory, List<String> programs) throws IOException {
        Path path = Files.createDirectories(temporary.resolve(directory));
        for (String program : programs) {
            assertThat(Files.createFile(path.resolve(program)).toFile().setExecutable(true))
                    .isTrue();
        }
    }
}
