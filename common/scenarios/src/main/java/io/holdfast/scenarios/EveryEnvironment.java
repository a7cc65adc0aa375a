package io.holdfast.scenarios;

/**
 * Marks the scenarios that run in every Servlet environment of every line of Jetty: what overlapping requests on two nodes
 * promise, logins, and what a request costs. All other scenarios run in one environment of each line.
 */
public final class EveryEnvironment {
    /** The tag of JUnit. */
    public static final String TAG = "every-environment";

    private EveryEnvironment() {}
}
