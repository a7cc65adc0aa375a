package io.holdfast.acceptance;

/** A line of a servlet container that Holdfast is for. */
interface Line {
    /**
     * Installs and starts two equal nodes, whose sessions are in one Redis, with the {@code examples} application that comes
     * with Tomcat.
     */
    TwoNodes startExamples(String user, String password, String role);
}
