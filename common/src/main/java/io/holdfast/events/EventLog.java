package io.holdfast.events;

import io.holdfast.codec.NotEncodableException;
import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.conflict.ConflictPolicy;
import io.holdfast.conflict.ConflictReport;
import io.holdfast.conflict.ConflictReport.Outcome;
import io.holdfast.session.StoreException;
import io.holdfast.session.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes what an operator should know to the log: warnings for what someone should act on, each kind once per attribute and
 * class; the rest at debug.
 */
public final class EventLog implements SessionEvents {
    /** Conflicts of one kind: busy pages run into the same one again and again. */
    private record ConflictKind(
            String attribute,
            Writer ours,
            Writer theirs,
            ConflictPolicy policy,
            Outcome outcome,
            @Nullable String note) {
        static ConflictKind of(ConflictReport report) {
            return new ConflictKind(
                    report.attribute(),
                    report.ours(),
                    report.theirs(),
                    report.policy(),
                    report.outcome(),
                    report.note());
        }
    }

    /** Most different warnings told apart; beyond that, repetitions are no longer recognized and go to debug. */
    private static final int MAX_REMEMBERED = 1_000;

    /** What is told once a minute, and of so many kinds at most. */
    private static final int MAX_KINDS_A_MINUTE = 100;

    private final Logger logger = System.getLogger("io.holdfast");
    private final String namespace;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private final OnceAMinute failures;
    private final OnceAMinute conflicts;

    /** {@code namespace} tells applications apart in a shared log. */
    public EventLog(String namespace) {
        this(namespace, System::nanoTime);
    }

    EventLog(String namespace, LongSupplier clock) {
        this.namespace = namespace;
        this.failures = new OnceAMinute(clock, MAX_KINDS_A_MINUTE);
        this.conflicts = new OnceAMinute(clock, MAX_KINDS_A_MINUTE);
    }

    @Override
    public void commitRetried(String record, int attempt) {
        logger.log(Level.DEBUG, () -> prefix(record) + "commit overtaken by another node, attempt " + attempt);
    }

    @Override
    public void conflict(String record, ConflictReport report) {
        boolean isTold = conflicts.passes(ConflictKind.of(report));
        logger.log(
                isTold ? Level.INFO : Level.DEBUG,
                () -> prefix(record) + "conflict: attribute \"" + report.attribute() + "\" was seen in version "
                        + report.conflict().baseVersion() + " by " + describe(report.ours()) + " and found in version "
                        + report.conflict().foundVersion() + " by " + describe(report.theirs()) + "; policy "
                        + report.policy() + ", " + report.outcome()
                        + (report.note() == null ? "" : ": " + report.note())
                        + ". The like of it is told once a minute; conflicts counts");
    }

    @Override
    public void commitDropped(String record) {
        logger.log(Level.DEBUG, () -> prefix(record) + "had ended; the changes of a late request were dropped");
    }

    @Override
    public void commitFailed(String record, RuntimeException cause) {
        boolean saysAll = cause instanceof StoreException;
        logger.log(
                Level.WARNING,
                prefix(record) + "changes were not stored, and the response was already sent"
                        + (saysAll ? ". " + cause.getMessage() : ""),
                saysAll ? null : cause);
    }

    @Override
    public void exclusiveWaited(String record, long waitedMillis) {
        logger.log(
                Level.DEBUG,
                () -> prefix(record) + "an exclusive request waited " + waitedMillis + " ms for others of its session");
    }

    @Override
    public void exclusiveTimedOut(String record, long waitedMillis) {
        logger.log(
                Level.INFO,
                () -> prefix(record) + "an exclusive request gave up waiting for others of its session after "
                        + waitedMillis + " ms");
    }

    @Override
    public void leaseLost(String record) {
        boolean first = warned.add("lease lost");
        logger.log(
                first ? Level.WARNING : Level.DEBUG,
                prefix(record) + "an exclusive request lost its lease before it ended; what it committed after that was"
                        + " refused. Does this node pause, or not reach Redis, for longer than exclusiveLeaseMillis? Told once;"
                        + " lostLeases counts");
    }

    @Override
    public void attributeUnreadable(String record, String attribute, UnreadableAttributeException cause) {
        warnOnce(
                "unreadable " + attribute + " " + cause.className(),
                prefix(record) + "attribute \"" + attribute + "\": " + cause.getMessage()
                        + "; its bytes stay in Redis until it is set or removed",
                cause);
    }

    @Override
    public void attributeNotStored(String record, String attribute, String className, NotEncodableException cause) {
        warnOnce(
                "not stored " + attribute + " " + className,
                prefix(record) + "attribute \"" + attribute + "\" of " + className + " stays on this node: "
                        + cause.getMessage(),
                cause);
    }

    @Override
    public void attributesShareObject(String record, String attribute, String otherAttribute, String className) {
        logger.log(
                Level.WARNING,
                prefix(record) + "attributes \"" + attribute + "\" and \"" + otherAttribute + "\" share an object of "
                        + className
                        + "; other nodes see each change through the one attribute only that was used for it."
                        + " Keep the object in one of them");
    }

    @Override
    public void attributeBusy(String record, String attribute, String className) {
        logger.log(
                Level.INFO,
                () -> prefix(record) + "attribute \"" + attribute + "\" of " + className
                        + " was being changed by another thread at every try to encode it; the next commit tries again");
    }

    @Override
    public void touchFailed(String record, Throwable cause) {
        logger.log(Level.DEBUG, () -> prefix(record) + "an access could not be noted in Redis", cause);
    }

    @Override
    public void operationFailed(RuntimeException cause) {
        Throwable root = rootOf(cause);
        boolean due = failures.passes(root.getClass());
        logger.log(
                due ? Level.WARNING : Level.DEBUG,
                "[" + namespace + "] " + cause.getMessage() + " Failures of this kind are told once a minute;"
                        + " failedOperations counts",
                root instanceof StoreException ? null : cause);
    }

    @Override
    public void storeDown(String address, Throwable cause) {
        logger.log(
                Level.WARNING,
                "[" + namespace + "] Redis at " + address + " does not answer; requests that need their session get 503"
                        + " until it does. Cause: " + cause);
    }

    @Override
    public void storeUp(String address) {
        logger.log(Level.INFO, "[" + namespace + "] Redis at " + address + " answers again");
    }

    private void warnOnce(String what, String message, Throwable cause) {
        boolean first = warned.size() < MAX_REMEMBERED && warned.add(what);
        // The message says what ours says; only what a library or the value's own code has thrown can tell more.
        logger.log(first ? Level.WARNING : Level.DEBUG, message, cause.getCause());
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private String prefix(String record) {
        return "[" + namespace + "] session " + record + ": ";
    }

    private static String describe(Writer writer) {
        if (writer.equals(Writer.UNKNOWN)) {
            return "an unknown request";
        }
        return (writer.requestUri().isEmpty() ? "no request" : writer.requestUri()) + " on " + writer.node();
    }
}
