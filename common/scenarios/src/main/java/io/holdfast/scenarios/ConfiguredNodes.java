package io.holdfast.scenarios;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Two nodes that each test starts with settings of its own, a client, and what Redis holds of its session. */
public abstract class ConfiguredNodes {
    protected final Client client = new Client();

    @SuppressWarnings("NullAway.Init") // every test calls use
    protected Cluster cluster;

    @SuppressWarnings("NullAway.Init") // every test calls use
    protected Records records;

    /** Takes a cluster that has just been started; it is closed after the test. */
    protected final void use(Cluster started) {
        cluster = started;
        records = Records.of(started);
    }

    @AfterEach
    protected final void closeNodes() {
        records.close();
        cluster.close();
    }

    /** The attributes of the client's session in Redis, as fields. */
    protected final Map<String, String> attributes() {
        Map<String, String> fields = records.fields(client.requireSessionId());
        fields.keySet().removeIf(name -> !name.startsWith("@"));
        return fields;
    }
}
