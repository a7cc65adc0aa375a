package io.holdfast.acceptance;

import java.util.Map;

/** A line of a servlet container that Holdfast is for. */
public interface Line {
    /**
     * Installs and starts two equal nodes, whose sessions are in one Redis, with the {@code examples} application that comes
     * with Tomcat.
     */
    TwoNodes startExamples(String user, String password, String role);

    /**
     * Installs a node with {@code workload.war} alone, which appends what its listeners hear to {@link ServerInstall#journal}.
     * The application is written for Servlet 4.0, and is translated where the container needs that.
     *
     * @param settings of Holdfast, by their names
     */
    ServerInstall installWorkload(String name, Map<String, String> settings);
}
