package io.holdfast.benchmarks.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The programs of an installed PostgreSQL. They refuse to serve when root starts them; then they run as the user {@code postgres},
 * which packages of PostgreSQL bring.
 *
 * @param directory where they are
 * @param user for them, if it is another one
 */
public record PostgreSqlPrograms(Path directory, @Nullable UserPrincipal user) {
    private static final String USER = "postgres";

    /** Where Debian and Ubuntu have them, in a directory for each version; the server is not on the {@code PATH} there. */
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    /** Those of this machine; empty if there is no server. */
    public static Optional<PostgreSqlPrograms> find() {
        Optional<UserPrincipal> user = userOfRoot();
        boolean root = System.getProperty("user.name").equals("root");
        if (root && user.isEmpty()) {
            return Optional.empty();
        }
        return find(System.getenv().getOrDefault("PATH", ""), DEBIAN)
                .map(directory -> new PostgreSqlPrograms(directory, root ? user.orElseThrow() : null));
    }

    /** First on the path, then the newest version. */
    static Optional<Path> find(String path, Path versions) {
        Stream<Path> onPath = Stream.of(path.split(File.pathSeparator, -1)).map(Path::of);
        return Stream.concat(onPath, newestFirst(versions))
                .filter(directory -> Files.isExecutable(directory.resolve("postgres"))
                        && Files.isExecutable(directory.resolve("initdb"))
                        && Files.isExecutable(directory.resolve("psql")))
                .findFirst();
    }

    private static Stream<Path> newestFirst(Path versions) {
        try (Stream<Path> directories = Files.list(versions)) {
            return directories
                    .filter(directory -> directory.getFileName().toString().matches("\\d{1,4}"))
                    .sorted(Comparator.comparing((Path directory) ->
                                    Integer.valueOf(directory.getFileName().toString()))
                            .reversed())
                    .map(directory -> directory.resolve("bin"))
                    .toList()
                    .stream();
        } catch (IOException notThere) {
            return Stream.empty();
        }
    }

    private static Optional<UserPrincipal> userOfRoot() {
        try {
            return Optional.of(
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(USER));
        } catch (IOException noSuchUser) {
            return Optional.empty();
        }
    }

    /** What the server says of itself. */
    public String version() {
        return WatchedProcess.run(command("postgres", "--version")).strip();
    }

    /** One of them, to be started. */
    ProcessBuilder command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (user != null) {
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups"));
        }
        command.add(directory.resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        return builder;
    }

    /** Has the user of these programs own a directory. */
    void giveToUser(Path owned) throws IOException {
        if (user != null) {
            Files.setOwner(owned, user);
        }
    }
}
