package io.holdfast.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What a node is called that nobody has named: its host and its process. */
final class ThisNode {
    private static final String NAME = host() + "-" + ProcessHandle.current().pid();

    private ThisNode() {}

    static String name() {
        return NAME;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "node";
        }
    }
}
