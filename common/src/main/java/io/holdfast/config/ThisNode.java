package io.holdfast.config;

import io.holdfast.session.Writer;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** What a node is called that nobody has named: its host and its process. */
final class ThisNode {
    private static final String NAME =
            lastOf(host() + "-" + ProcessHandle.current().pid());

    private ThisNode() {}

    static String name() {
        return NAME;
    }

    /** Names that are too long differ at their end, if they do. */
    private static String lastOf(String name) {
        return name.substring(Math.max(0, name.length() - Writer.MAX_NODE));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "node";
        }
    }
}
