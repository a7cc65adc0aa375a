package io.holdfast.live;

import io.holdfast.conflict.ConflictException;
import io.holdfast.conflict.ConflictPolicy;
import io.holdfast.conflict.ConflictReport;
import io.holdfast.conflict.ConflictReport.Outcome;
import io.holdfast.merge.MergeResult;
import io.holdfast.session.CommitResult.Found;
import io.holdfast.session.CommitResult.Undecided;
import io.holdfast.session.Conflict;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.Writer;
import io.holdfast.tracking.AttributeChanges;
import io.holdfast.tracking.Clash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of the conflicts of one commit, attribute by attribute, and tells what was done once it is done. */
final class ConflictDecisions {
    private final LiveSessions shared;
    private final String record;
    private final AttributeChanges changes;
    private final Writer ours;

    /** What became of changes of several objects, which the decisions on the other nodes' come on top of. */
    private final List<ConflictReport> ownReports = new ArrayList<>();

    /** By attribute; a later decision on the same one counts. */
    private final Map<String, ConflictReport> reports = new LinkedHashMap<>();

    ConflictDecisions(LiveSessions shared, String record, AttributeChanges changes, Writer ours) {
        this.shared = shared;
        this.record = record;
        this.changes = changes;
        this.ours = ours;
    }

    /**
     * Makes one change of those of several objects that an attribute had on this node. Those whose base is older than that of the newest
     * conflict with that; the others are merged into it whatever the policy, if they can be.
     *
     * @throws ConflictException when a policy lets the commit fail
     */
    void mergeOwn() {
        changes.mergeOwn(this::mergeOwn);
    }

    private @Nullable EncodedValue mergeOwn(Conflict conflict, Clash clash) {
        Found older = new Found(conflict, null, Writer.UNKNOWN);
        ConflictPolicy policy = policy(older);
        boolean isConflict = conflict.baseVersion() < conflict.foundVersion();
        if (isConflict && policy != ConflictPolicy.MERGE) {
            failIfPolicySaysSo(older, null);
            boolean dropped = policy == ConflictPolicy.FIRST_WRITE_WINS;
            noteOwn(older, policy, dropped ? Outcome.DROPPED : Outcome.OVERWRITTEN, null);
            return null;
        }
        MergeResult result = merge(conflict.attribute(), clash);
        if (result instanceof MergeResult.Merged merged) {
            if (isConflict || !merged.notes().isEmpty()) {
                noteOwn(older, policy, Outcome.MERGED, notes(merged.notes()));
            }
            return merged.value();
        }
        String note = "two objects of it were changed here: " + ((MergeResult.NotMerged) result).reason();
        failIfPolicySaysSo(older, note);
        noteOwn(older, policy, Outcome.OVERWRITTEN, note);
        return null;
    }

    /** Attributes of the commit that the store must not simply overwrite. */
    Set<String> undecided() {
        return changes.changes().keySet().stream().filter(this::isUndecided).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Decides on all of them.
     *
     * @throws ConflictException when a policy lets the commit fail
     */
    void decide(Undecided undecided) {
        undecided.found().forEach(found -> failIfPolicySaysSo(found, null));
        undecided.found().forEach(found -> decide(found, undecided.version()));
    }

    /** The store has overwritten these. */
    void overwritten(List<Found> found) {
        for (Found each : found) {
            ConflictPolicy policy = policy(each);
            note(each, policy, Outcome.OVERWRITTEN, policy == ConflictPolicy.MERGE ? whyNotTried(each) : null);
        }
    }

    /** Tells what was decided; the commit took effect. */
    void tell() {
        ownReports.forEach(this::tell);
        reports.values().forEach(this::tell);
    }

    private boolean isUndecided(String attribute) {
        ConflictPolicy policy = shared.settings().conflicts().conflictPolicy().of(attribute);
        return switch (policy) {
            case LAST_WRITE_WINS -> false;
            case FIRST_WRITE_WINS, FAIL -> true;
            case MERGE -> {
                Object value = changes.value(attribute);
                yield value != null && shared.merge().mayMerge(value);
            }
        };
    }

    private void failIfPolicySaysSo(Found found, @Nullable String note) {
        if (policy(found) == ConflictPolicy.FAIL) {
            tell(report(found, ConflictPolicy.FAIL, Outcome.FAILED, note));
            throw new ConflictException(
                    record,
                    found.conflict().attribute(),
                    shared.settings().conflicts().conflictStatus());
        }
    }

    private void decide(Found found, long version) {
        switch (policy(found)) {
            case FIRST_WRITE_WINS -> {
                changes.giveWay(found);
                note(found, ConflictPolicy.FIRST_WRITE_WINS, Outcome.DROPPED, null);
            }
            case MERGE -> merge(found, version);
            default -> overwrite(found, version, null);
        }
    }

    private void merge(Found found, long version) {
        EncodedValue value = null;
        List<String> notes = new ArrayList<>();
        for (Clash clash : changes.clashes(found)) {
            MergeResult result = merge(found.conflict().attribute(), value == null ? clash : clash.over(value));
            if (result instanceof MergeResult.Merged merged) {
                value = merged.value();
                notes.addAll(merged.notes());
            } else if (result instanceof MergeResult.NotMerged not) {
                overwrite(found, version, not.reason());
                return;
            }
        }
        changes.merge(found, Objects.requireNonNull(value, "no change"), version);
        note(found, ConflictPolicy.MERGE, Outcome.MERGED, notes(notes));
    }

    /** By the first base that it can be done with; else says why not with the first of all. */
    private MergeResult merge(String attribute, Clash clash) {
        EncodedValue ours = clash.ours();
        EncodedValue theirs = clash.theirs();
        if (ours == null || theirs == null || clash.bases().isEmpty()) {
            return new MergeResult.NotMerged(whyNot(clash));
        }
        MergeResult first = null;
        for (Optional<EncodedValue> base : clash.bases()) {
            MergeResult result = shared.merge()
                    .merge(
                            base.orElse(null),
                            ours,
                            theirs,
                            className -> shared.form().gate().shares(attribute, className));
            if (result instanceof MergeResult.Merged) {
                return result;
            }
            first = first == null ? result : first;
        }
        return Objects.requireNonNull(first, "no base");
    }

    private static @Nullable String notes(List<String> notes) {
        return notes.isEmpty() ? null : String.join("; ", notes);
    }

    private void overwrite(Found found, long version, @Nullable String note) {
        changes.overwrite(found, version);
        note(found, policy(found), Outcome.OVERWRITTEN, note);
    }

    private static String whyNot(Clash clash) {
        if (clash.ours() == null) {
            return "removed here and changed there";
        }
        if (clash.theirsRemoved()) {
            return "changed here and removed there";
        }
        return clash.theirs() == null
                ? "the other value cannot be read"
                : "the value both requests started from is not known any more";
    }

    /** Why what may be merged was not even tried to be. */
    private String whyNotTried(Found found) {
        String className = className(found);
        return className == null ? "removed here and changed there" : "there is no merger for " + className;
    }

    private @Nullable String className(Found found) {
        Object value = changes.value(found.conflict().attribute());
        return value == null ? null : value.getClass().getName();
    }

    private ConflictPolicy policy(Found found) {
        return shared.settings()
                .conflicts()
                .conflictPolicy()
                .of(found.conflict().attribute());
    }

    private void noteOwn(Found older, ConflictPolicy policy, Outcome outcome, @Nullable String note) {
        ownReports.add(report(older, policy, outcome, note));
    }

    private void note(Found found, ConflictPolicy policy, Outcome outcome, @Nullable String note) {
        reports.put(found.conflict().attribute(), report(found, policy, outcome, note));
    }

    private ConflictReport report(Found found, ConflictPolicy policy, Outcome outcome, @Nullable String note) {
        return new ConflictReport(found.conflict(), className(found), ours, found.writer(), policy, outcome, note);
    }

    private void tell(ConflictReport report) {
        shared.events().conflict(record, report);
    }
}
