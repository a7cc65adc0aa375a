package io.holdfast.consistency.checker;

/** What can be wrong. */
public enum Kind {
    /** What was written and acknowledged is not there, and never is again. */
    LOST_UPDATE("lost updates"),
    /** What was written and acknowledged is not there yet, though a later read has it. */
    STALE_READ("stale reads"),
    /** A value is there that had been replaced, removed or refused. */
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
