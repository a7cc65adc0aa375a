package io.holdfast.acceptance;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A server in a directory of its own, ready to be started. */
public interface ServerInstall {
    /** Options of a JVM that lives for minutes. */
    List<String> LONG_LIVED = List.of("-Xmx256m");

    /** Options of one that lives for a minute at most: it does not win back what it takes to compile code better. */
    List<String> SHORT_LIVED = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** Has its JVM compile code as it does by itself, for a run that takes more than a minute. */
    void liveLong();

    /** How it is started, so that it runs in the process itself; without an environment of ours. */
    ProcessBuilder command();

    /** Its directory. */
    Path home();

    /** Pattern of the names under which its JVM shows Holdfast's figures. */
    String figures();

    /** The file to which {@code workload.war} appends what its listeners hear. */
    default Path journal() {
        return home().resolve("ends.txt");
    }

    /** Where it writes its logs. */
    ServerLogs logs();

    /** What its console says when all applications are deployed, or have failed to, and the port is open. */
    Pattern started();

    /** What its console says of its HTTP port, which is the first group. */
    Pattern port();
}
