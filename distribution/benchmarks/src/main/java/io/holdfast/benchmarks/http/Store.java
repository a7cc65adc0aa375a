package io.holdfast.benchmarks.http;

import io.holdfast.benchmarks.server.Database;
import io.holdfast.benchmarks.server.H2Server;
import io.holdfast.benchmarks.server.PostgreSqlPrograms;
import io.holdfast.benchmarks.server.PostgreSqlServer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a candidate keeps sessions so that any node can serve any session. */
enum Store {
    /** Nowhere: each node has sessions of its own. */
    NONE,
    REDIS,
    H2 {
        @Override
        Database startDatabase(Path directory) {
            return H2Server.start(directory);
        }
    },
    POSTGRESQL {
        @Override
        @Nullable
        String missing() {
            return PostgreSqlPrograms.find().isPresent()
                    ? null
                    : "no PostgreSQL server is installed here (Debian and Ubuntu: apt-get install postgresql)";
        }

        @Override
        Database startDatabase(Path directory) {
            return PostgreSqlServer.start(PostgreSqlPrograms.find().orElseThrow());
        }
    };

    /** Why it cannot be used on this machine; null if it can. */
    @Nullable
    String missing() {
        return null;
    }

    boolean isDatabase() {
        return this == H2 || this == POSTGRESQL;
    }

    /**
     * Starts the database; null if this is none.
     *
     * @param directory for its log
     */
    @Nullable
    Database startDatabase(Path directory) {
        return null;
    }
}
