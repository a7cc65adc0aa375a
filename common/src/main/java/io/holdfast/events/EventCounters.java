package io.holdfast.events;

import io.holdfast.codec.NotEncodableException;
import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.conflict.ConflictReport;
import io.holdfast.conflict.ConflictReport.Outcome;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts events since the session manager started. Safe for use by many threads. */
public final class EventCounters implements SessionEvents {
    /** Conflicts are counted per attribute for so many names; further ones together under {@link #OTHER_ATTRIBUTES}. */
    private static final int MAX_ATTRIBUTES = 1_000;

    private static final String OTHER_ATTRIBUTES = "(others)";

    private final LongAdder commits = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAccumulator mostRetries = new LongAccumulator(Math::max, 0);
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder exclusiveWaits = new LongAdder();
    private final LongAdder exclusiveTimeouts = new LongAdder();
    private final LongAdder lostLeases = new LongAdder();
    private final LongAdder unreadable = new LongAdder();
    private final LongAdder notStored = new LongAdder();
    private final LongAdder failedOperations = new LongAdder();
    private final LongAdder outages = new LongAdder();
    private final Map<String, LongAdder> conflictsByAttribute = new ConcurrentHashMap<>();
    private final Map<Outcome, LongAdder> conflictsByOutcome = new ConcurrentHashMap<>();

    @Override
    public void committed(String record, int changes) {
        commits.increment();
    }

    @Override
    public void commitRetried(String record, int attempt) {
        retries.increment();
        mostRetries.accumulate(attempt);
    }

    @Override
    public void conflict(String record, ConflictReport report) {
        conflicts.increment();
        conflictsByOutcome
                .computeIfAbsent(report.outcome(), outcome -> new LongAdder())
                .increment();
        String attribute = report.attribute();
        boolean known = conflictsByAttribute.containsKey(attribute);
        String name = known || conflictsByAttribute.size() < MAX_ATTRIBUTES ? attribute : OTHER_ATTRIBUTES;
        conflictsByAttribute.computeIfAbsent(name, key -> new LongAdder()).increment();
    }

    @Override
    public void commitDropped(String record) {
        dropped.increment();
    }

    @Override
    public void commitFailed(String record, RuntimeException cause) {
        failed.increment();
    }

    @Override
    public void exclusiveWaited(String record, long waitedMillis) {
        exclusiveWaits.increment();
    }

    @Override
    public void exclusiveTimedOut(String record, long waitedMillis) {
        exclusiveTimeouts.increment();
    }

    @Override
    public void leaseLost(String record) {
        lostLeases.increment();
    }

    @Override
    public void attributeUnreadable(String record, String attribute, UnreadableAttributeException cause) {
        unreadable.increment();
    }

    @Override
    public void attributeNotStored(String record, String attribute, String className, NotEncodableException cause) {
        notStored.increment();
    }

    @Override
    public void operationFailed(RuntimeException cause) {
        failedOperations.increment();
    }

    @Override
    public void storeDown(String address, Throwable cause) {
        outages.increment();
    }

    /** Commits that took effect. */
    public long commits() {
        return commits.sum();
    }

    /** Times a commit started over because another node had overtaken it. */
    public long retries() {
        return retries.sum();
    }

    /** The most times one commit started over because others had overtaken it. */
    public long mostRetries() {
        return mostRetries.get();
    }

    /** Attributes that two commits wrote without having seen each other. */
    public long conflicts() {
        return conflicts.sum();
    }

    /** {@link #conflicts()} by attribute name. */
    public Map<String, Long> conflictsByAttribute() {
        Map<String, Long> counts = new TreeMap<>();
        conflictsByAttribute.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }

    /** {@link #conflicts()} by what became of them. */
    public long conflicts(Outcome outcome) {
        LongAdder count = conflictsByOutcome.get(outcome);
        return count == null ? 0 : count.sum();
    }

    /** Commits dropped because their session had ended. */
    public long dropped() {
        return dropped.sum();
    }

    /** Commits that failed, whether or not the client could be told. */
    public long failed() {
        return failed.sum();
    }

    /** Exclusive requests that waited for others and then went on. */
    public long exclusiveWaits() {
        return exclusiveWaits.sum();
    }

    /** Exclusive requests that waited for others in vain. */
    public long exclusiveTimeouts() {
        return exclusiveTimeouts.sum();
    }

    /** Leases that were lost before their request had ended. */
    public long lostLeases() {
        return lostLeases.sum();
    }

    /** Attributes that could not be decoded. */
    public long unreadable() {
        return unreadable.sum();
    }

    /** Attributes that could not be encoded. */
    public long notStored() {
        return notStored.sum();
    }

    /** Loads, commits and looks that failed though Redis answered. */
    public long failedOperations() {
        return failedOperations.sum();
    }

    /** Times Redis stopped answering. */
    public long outages() {
        return outages.sum();
    }
}
