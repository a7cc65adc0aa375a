package io.holdfast.tomcat;

import io.holdfast.conflict.ConflictReport.Outcome;
import io.holdfast.events.EventCounters;
import org.apache.catalina.session.ManagerBase;

/**
 * A manager whose MBean has figures for operators: what this node did with sessions since the manager was made. Tomcat finds
 * them by the public getters of the manager itself, which is why they are a class it extends and not one it has.
 */
abstract class CountingManager extends ManagerBase {
    private final EventCounters counters = new EventCounters();

    /** Sessions that requests of this node are using now. */
    public int getSessionsInUse() {
        return (int) sessions.values().stream()
                .filter(session ->
                        session instanceof RedisSession own && own.live().isInUse())
                .count();
    }

    /** Bytes of Redis in this node's copies of sessions; {@code activeSessions} tells how many copies there are. */
    public long getLocalCopyBytes() {
        return sessions.values().stream()
                .mapToLong(session ->
                        session instanceof RedisSession own ? own.live().copyBytes() : 0)
                .sum();
    }

    /** Commits that took effect. */
    public long getCommits() {
        return counters.commits();
    }

    /** Times a commit started over because another node had overtaken it. */
    public long getCommitRetries() {
        return counters.retries();
    }

    /** The most times one commit started over; at {@code commitAttempts} it fails. */
    public long getMostCommitRetries() {
        return counters.mostRetries();
    }

    /** Attributes that two requests wrote without having seen each other's value. */
    public long getConflicts() {
        return counters.conflicts();
    }

    /** {@link #getConflicts()} by attribute name. */
    public String getConflictsByAttribute() {
        return counters.conflictsByAttribute().toString();
    }

    /** Conflicts of which both changes were kept. */
    public long getMergedConflicts() {
        return counters.conflicts(Outcome.MERGED);
    }

    /** Conflicts in which the later change replaced the earlier one. */
    public long getOverwrittenConflicts() {
        return counters.conflicts(Outcome.OVERWRITTEN);
    }

    /** Conflicts in which the later change was dropped. */
    public long getDroppedConflicts() {
        return counters.conflicts(Outcome.DROPPED);
    }

    /** Conflicts that failed a request. */
    public long getFailedConflicts() {
        return counters.conflicts(Outcome.FAILED);
    }

    /** Commits dropped because their session had ended. */
    public long getDroppedCommits() {
        return counters.dropped();
    }

    /** Commits that failed after the response had begun. */
    public long getFailedCommits() {
        return counters.failed();
    }

    /** Exclusive requests that waited for others of their session and then went on. */
    public long getExclusiveWaits() {
        return counters.exclusiveWaits();
    }

    /** Exclusive requests that waited for others of their session in vain and ended with 503. */
    public long getExclusiveTimeouts() {
        return counters.exclusiveTimeouts();
    }

    /** Exclusive requests that lost their lease before they ended. */
    public long getLostLeases() {
        return counters.lostLeases();
    }

    /** Attributes that could not be decoded. */
    public long getUnreadableAttributes() {
        return counters.unreadable();
    }

    /** Attributes that could not be encoded and stayed on this node. */
    public long getUnstoredAttributes() {
        return counters.notStored();
    }

    /** Loads, commits and looks that failed though Redis answered. */
    public long getFailedOperations() {
        return counters.failedOperations();
    }

    /** Times Redis stopped answering. */
    public long getRedisOutages() {
        return counters.outages();
    }

    /** Hears what happens. */
    final EventCounters counters() {
        return counters;
    }
}
