package io.holdfast.benchmarks.http;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** A server in a directory of its own, with a candidate and the application in it, ready to be started. */
interface ServerHome {
    /** For messages. */
    String name();

    /** How it is started, so that it runs in the process itself. */
    ProcessBuilder command();

    /** The file that takes what it prints. */
    Path console();

    /** What it prints when the application is deployed and the port is open. */
    Pattern started();

    /** What it prints of its HTTP port, which is the first group. */
    Pattern port();
}
