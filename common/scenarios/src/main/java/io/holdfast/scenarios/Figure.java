package io.holdfast.scenarios;

/** What operators are told of one application's sessions on one node; all but the last two only grow. */
public enum Figure {
    COMMITS,
    COMMIT_RETRIES,
    MOST_COMMIT_RETRIES,
    DROPPED_COMMITS,
    FAILED_COMMITS,
    CONFLICTS,
    MERGED_CONFLICTS,
    EXCLUSIVE_WAITS,
    EXCLUSIVE_TIMEOUTS,
    LOST_LEASES,
    UNREADABLE_ATTRIBUTES,
    UNSTORED_ATTRIBUTES,
    REDIS_OUTAGES,
    /** Sessions of which the node holds a copy. */
    LOCAL_COPIES,
    /** Sessions that requests of the node are using. */
    SESSIONS_IN_USE
}
