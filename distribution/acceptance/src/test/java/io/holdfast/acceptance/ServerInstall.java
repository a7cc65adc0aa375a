package io.holdfast.acceptance;

import java.util.regex.Pattern;

/** A server in a directory of its own, ready to be started. */
public interface ServerInstall {
    /** How it is started, so that it runs in the process itself; without an environment of ours. */
    ProcessBuilder command();

    /** Where it writes its logs. */
    ServerLogs logs();

    /** What its console says when all applications are deployed, or have failed to, and the port is open. */
    Pattern started();

    /** What its console says of its HTTP port, which is the first group. */
    Pattern port();
}
