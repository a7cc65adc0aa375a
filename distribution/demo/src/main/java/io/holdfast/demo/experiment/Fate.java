package io.holdfast.demo.experiment;

/** What became of that which a request did. */
public enum Fate {
    /** Not known yet. */
    OPEN,
    /** It was there afterwards, on both nodes. */
    KEPT,
    /** It was not, although it had been sent. */
    LOST,
    /** Not counted: the request only took part. */
    ASIDE
}
