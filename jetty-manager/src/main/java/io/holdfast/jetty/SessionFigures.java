package io.holdfast.jetty;

import io.holdfast.conflict.ConflictReport.Outcome;
import io.holdfast.events.EventCounters;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.eclipse.jetty.util.annotation.ManagedObject;

/**
 * Figures for operators: what this node did with sessions of one web application since it started. A bean of the session cache,
 * which Jetty shows through JMX if its module {@code jmx} is there.
 */
@ManagedObject("Sessions in Redis")
public final class SessionFigures {
    private final EventCounters counters;
    private final SessionFinder finder;

    SessionFigures(EventCounters counters, SessionFinder finder) {
        this.counters = counters;
        this.finder = finder;
    }

    @ManagedAttribute("Sessions of which this node holds a copy")
    public int getLocalCopies() {
        return finder.count();
    }

    @ManagedAttribute("Sessions that requests of this node are using now")
    public int getSessionsInUse() {
        return finder.countInUse();
    }

    @ManagedAttribute("Requests of the web application that are running now, with or without a session")
    public int getRunningRequests() {
        return finder.scopes().count();
    }

    @ManagedAttribute("Bytes of Redis in this node's copies of sessions")
    public long getLocalCopyBytes() {
        return finder.copyBytes();
    }

    @ManagedAttribute("Commits that took effect")
    public long getCommits() {
        return counters.commits();
    }

    @ManagedAttribute("Times a commit started over because another node had overtaken it")
    public long getCommitRetries() {
        return counters.retries();
    }

    @ManagedAttribute("The most times one commit started over; at commitAttempts it fails")
    public long getMostCommitRetries() {
        return counters.mostRetries();
    }

    @ManagedAttribute("Attributes that two requests wrote without having seen each other's value")
    public long getConflicts() {
        return counters.conflicts();
    }

    @ManagedAttribute("conflicts by attribute name")
    public String getConflictsByAttribute() {
        return counters.conflictsByAttribute().toString();
    }

    @ManagedAttribute("Conflicts of which both changes were kept")
    public long getMergedConflicts() {
        return counters.conflicts(Outcome.MERGED);
    }

    @ManagedAttribute("Conflicts in which the later change replaced the earlier one")
    public long getOverwrittenConflicts() {
        return counters.conflicts(Outcome.OVERWRITTEN);
    }

    @ManagedAttribute("Conflicts in which the later change was dropped")
    public long getDroppedConflicts() {
        return counters.conflicts(Outcome.DROPPED);
    }

    @ManagedAttribute("Conflicts that failed a request")
    public long getFailedConflicts() {
        return counters.conflicts(Outcome.FAILED);
    }

    @ManagedAttribute("Commits dropped because their session had ended")
    public long getDroppedCommits() {
        return counters.dropped();
    }

    @ManagedAttribute("Commits that failed after the response had begun")
    public long getFailedCommits() {
        return counters.failed();
    }

    @ManagedAttribute("Exclusive requests that waited for others of their session and then went on")
    public long getExclusiveWaits() {
        return counters.exclusiveWaits();
    }

    @ManagedAttribute("Exclusive requests that waited for others of their session in vain and ended with 503")
    public long getExclusiveTimeouts() {
        return counters.exclusiveTimeouts();
    }

    @ManagedAttribute("Exclusive requests that lost their lease before they ended")
    public long getLostLeases() {
        return counters.lostLeases();
    }

    @ManagedAttribute("Attributes that could not be decoded")
    public long getUnreadableAttributes() {
        return counters.unreadable();
    }

    @ManagedAttribute("Attributes that could not be encoded and stayed on this node")
    public long getUnstoredAttributes() {
        return counters.notStored();
    }

    @ManagedAttribute("Loads, commits and looks that failed though Redis answered")
    public long getFailedOperations() {
        return counters.failedOperations();
    }

    @ManagedAttribute("Times Redis stopped answering")
    public long getRedisOutages() {
        return counters.outages();
    }
}
