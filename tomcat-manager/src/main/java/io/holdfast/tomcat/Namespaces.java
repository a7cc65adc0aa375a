package io.holdfast.tomcat;

import org.apache.catalina.Context;

/** The default namespace of a web application: its host and its base name, the same on all nodes that deploy it alike. */
final class Namespaces {
    private Namespaces() {}

    static String of(Context context) {
        String name = context.getParent().getName() + "/" + context.getBaseName();
        return name.replaceAll("[^A-Za-z0-9._/:-]", "_");
    }
}
