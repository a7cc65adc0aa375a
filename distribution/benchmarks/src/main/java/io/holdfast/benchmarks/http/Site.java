package io.holdfast.benchmarks.http;

import io.holdfast.benchmarks.server.Database;
import io.holdfast.benchmarks.server.Directory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a node is to be.
 *
 * @param path of its directory
 * @param number of the node, from 0
 * @param load tells what a session holds, and how many ask
 * @param redisPort of the Redis for sessions, on this machine
 * @param startedDatabase for sessions, of a candidate that has one
 */
record Site(
        Path path,
        int number,
        Load load,
        int redisPort,
        @Nullable Database startedDatabase) {
    private static final int MIN_CONNECTIONS = 8; // what Tomcat has by default

    /** An empty directory. */
    Directory fresh() {
        return Directory.fresh(path);
    }

    /** The database for sessions. */
    Database database() {
        if (startedDatabase == null) {
            throw new IllegalStateException("no database was started for " + path);
        }
        return startedDatabase;
    }

    /** As many connections to the database as requests can need at once, so that none of them waits for another one's. */
    int connections() {
        return Math.max(MIN_CONNECTIONS, load.clients());
    }
}
