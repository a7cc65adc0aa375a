package io.holdfast.localredis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports for servers that stop and come back.
 *
 * <p>Asking the system for port 0 gives one from the range of outgoing connections (32768 and up on Linux). While such a
 * server is down, its port may go to any client, and a client that tries to reconnect in a loop can even draw that port as
 * its own and be connected to itself. So we draw from below.
 */
final class FreePort {
    private static final int LOWEST = 10_000;
    private static final int END = 32_000;
    private static final int ATTEMPTS = 100;

    private FreePort() {}

    /** A port of 127.0.0.1 that nobody used a moment ago; the caller must be ready to lose the race for it. */
    static int find() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, END);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                // Try another.
            }
        }
        throw new IllegalStateException(
                "no free port on 127.0.0.1 in " + ATTEMPTS + " attempts between " + LOWEST + " and " + END);
    }
}
