package io.holdfast.benchmarks.server;

import java.time.Duration;

/** A database for sessions, in a process of its own; as the Redis of the others it keeps nothing beyond its end. */
public interface Database extends AutoCloseable {
    /** File name of its JDBC driver, as {@link Installed} has it. */
    String driverJar();

    String driverClass();

    /** For JDBC; without user and password. */
    String url();

    String user();

    String password();

    /** Its type of a column for a session's bytes. */
    String bytesType();

    /**
     * Executes one statement.
     *
     * @throws IllegalStateException if that fails, with what the database says
     */
    void execute(String sql);

    /** Processor time that it has used since it started. */
    Duration cpu();

    @Override
    void close();
}
