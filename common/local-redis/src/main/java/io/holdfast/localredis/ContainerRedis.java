package io.holdfast.localredis;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** A Redis in a container. The only class that touches Testcontainers, which may be absent. */
final class ContainerRedis {
    static final String IMAGE = "redis:7.4-alpine";
    private static final int PORT = 6379;

    private ContainerRedis() {}

    static boolean isSupported() {
        try {
            Class.forName(
                    "org.testcontainers.containers.GenericContainer", false, ContainerRedis.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    /** Starts a container that Testcontainers removes after this JVM has ended. */
    static String start() {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(IMAGE))
                .withCommand("redis-server", "--save", "", "--appendonly", "no")
                .withExposedPorts(PORT);
        container.start();
        return "redis://" + container.getHost() + ":" + container.getMappedPort(PORT);
    }
}
