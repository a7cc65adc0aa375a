package io.holdfast.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A PostgreSQL of this machine with a data directory of its own, which is deleted in the end. It never waits until something is on
 * the disk: the Redis of the others does not do that either.
 */
public final class PostgreSqlServer implements Database {
    private static final String USER = "sessions";
    private static final String DATABASE = "postgres";

    /** More than the pools of two nodes with the most clients that can be measured. */
    private static final int MAX_CONNECTIONS = 2_100;

    private static final Pattern STARTED = Pattern.compile("database system is ready to accept connections");

    /** Its files would outlive this JVM if that was interrupted. */
    private static final Set<PostgreSqlServer> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> OPEN.forEach(PostgreSqlServer::close), "postgresql-shutdown"));
    }

    private final PostgreSqlPrograms programs;
    private final Directory directory;
    private final int port;
    private final WatchedProcess process;

    private PostgreSqlServer(PostgreSqlPrograms programs, Directory directory, int port, WatchedProcess process) {
        this.programs = programs;
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /** Starts one on a free port. */
    public static PostgreSqlServer start(PostgreSqlPrograms programs) {
        Directory directory = new Directory(temporary(programs));
        try {
            Path data = directory.resolve("data");
            WatchedProcess.run(programs.command(
                    "initdb",
                    "--pgdata=" + data,
                    "--username=" + USER,
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--no-sync"));
            int port = freePort();
            WatchedProcess process = WatchedProcess.start(
                    "PostgreSQL", server(programs, data, port), directory.resolve("postgres.out"), STARTED);
            PostgreSqlServer started = new PostgreSqlServer(programs, directory, port, process);
            OPEN.add(started);
            return started;
        } catch (RuntimeException e) {
            directory.delete("");
            throw e;
        }
    }

    private static ProcessBuilder server(PostgreSqlPrograms programs, Path data, int port) {
        List<String> arguments = new ArrayList<>(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "max_connections=" + MAX_CONNECTIONS,
                "unix_socket_directories=",
                "fsync=off",
                "synchronous_commit=off",
                "full_page_writes=off")) {
            arguments.addAll(List.of("-c", setting));
        }
        return programs.command("postgres", arguments.toArray(String[]::new));
    }

    private static Path temporary(PostgreSqlPrograms programs) {
        try {
            Path directory = Files.createTempDirectory("benchmark-postgresql");
            programs.giveToUser(directory);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String driverJar() {
        return "postgresql.jar";
    }

    @Override
    public String driverClass() {
        return "org.postgresql.Driver";
    }

    @Override
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    @Override
    public String user() {
        return USER;
    }

    @Override
    public String password() {
        return "";
    }

    @Override
    public String bytesType() {
        return "bytea";
    }

    @Override
    public void execute(String sql) {
        WatchedProcess.run(programs.command(
                "psql",
                "--host=127.0.0.1",
                "--port=" + port,
                "--username=" + USER,
                "--dbname=" + DATABASE,
                "--no-psqlrc",
                "--command=" + sql));
    }

    /** Of all its processes: there is one for each connection. */
    @Override
    public Duration cpu() {
        return process.cpu();
    }

    @Override
    public void close() {
        if (!OPEN.remove(this)) {
            return;
        }
        process.stop(); // killed, it would leave shared memory to the system
        directory.delete("");
    }
}
