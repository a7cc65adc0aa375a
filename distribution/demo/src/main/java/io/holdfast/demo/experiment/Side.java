package io.holdfast.demo.experiment;

import java.util.Locale;

/** The two deployments that are compared. */
public enum Side {
    STOCK,
    HOLDFAST;

    /** Where the shop of this side is, on the front and on each node. */
    public String path() {
        return "/" + name().toLowerCase(Locale.ROOT);
    }
}
