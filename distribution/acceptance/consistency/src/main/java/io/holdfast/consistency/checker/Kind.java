package io.holdfast.consistency.checker;

/** What can be wrong. */
public enum Kind {
    /** A change that was acknowledged, such as a removal, is not to be seen, and nobody ever sees it again. */
    LOST_UPDATE("lost updates"),
    /** A change that was acknowledged is not to be seen, though it was there: a later read shows it. */
    STALE_READ("stale reads"),
    /** A value is there that was refused, or that somebody has seen to be replaced or removed, and no later read shows it gone. */
    RESURRECTED_VALUE("resurrected values"),
    /** A session answers that had ended, or answers to an id that had been replaced. */
    RESURRECTED_SESSION("resurrected sessions"),
    /** Of what one request wrote, a part is there. */
    TORN_COMMIT("torn commits"),
    /** What was written once is there twice. */
    REPEATED_UPDATE("repeated updates"),
    /** A session is gone, and nobody had ended it. */
    WRONG_LOGOUT("wrong logouts"),
    /** A session ended, and no listener was told, or one that could not read its attributes any more. */
    MISSING_END("missing ends"),
    /** A session ended, and listeners were told more than once. */
    DOUBLE_END("double ends"),
    /** The container failed in a way that has no business here. */
    SERVER_ERROR("server errors");

    private final String plural;

    Kind(String plural) {
        this.plural = plural;
    }

    /** For figures: what a number of them is called. */
    public String plural() {
        return plural;
    }
}
