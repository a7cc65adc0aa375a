package io.holdfast.events;

import io.holdfast.codec.NotEncodableException;
import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.conflict.ConflictReport;

/**
 * Told what happens to sessions. Every method does nothing unless overridden; implementations are fast, safe for use by
 * many threads and do not throw. Attribute values and whole session ids are never passed.
 */
public interface SessionEvents {
    /** Hears nothing. */
    SessionEvents NONE = new SessionEvents() {};

    /** A commit took effect. */
    default void committed(String record, int changes) {}

    /** Another node overtook a commit; it starts over. {@code attempt} counts from 1. */
    default void commitRetried(String record, int attempt) {}

    /** Two commits wrote the same attribute without having seen each other. */
    default void conflict(String record, ConflictReport report) {}

    /** The session had ended before a commit; what the request had changed was dropped. */
    default void commitDropped(String record) {}

    /** Changes were not written, and no response could tell the client so any more. */
    default void commitFailed(String record, RuntimeException cause) {}

    /** An exclusive request waited {@code waitedMillis} milliseconds for others of its session, and may go on. */
    default void exclusiveWaited(String record, long waitedMillis) {}

    /** An exclusive request waited {@code waitedMillis} milliseconds for others of its session in vain, and fails. */
    default void exclusiveTimedOut(String record, long waitedMillis) {}

    /**
     * The session's lease was lost before its exclusive request had ended: it had run out or was deleted. Whatever the request
     * committed after that was refused.
     */
    default void leaseLost(String record) {}

    /**
     * An attribute of the record cannot be decoded; {@code cause} has the class and the reason. Its bytes stay in Redis until it
     * is overwritten or removed.
     */
    default void attributeUnreadable(String record, String attribute, UnreadableAttributeException cause) {}

    /** An attribute, of class {@code className}, cannot be encoded; it stays on this node. {@code cause} has the reason. */
    default void attributeNotStored(String record, String attribute, String className, NotEncodableException cause) {}

    /**
     * Two attributes hold the same object, of class {@code className}. On this node it is one, but after a reload each has its
     * own. Told once for each pair of names.
     */
    default void attributesShareObject(String record, String attribute, String otherAttribute, String className) {}

    /** An attribute kept being changed by another thread while it was encoded; the commit left it out. */
    default void attributeBusy(String record, String attribute, String className) {}

    /** A touch was not answered; the session may end early if nobody uses it again. */
    default void touchFailed(String record, Throwable cause) {}

    /**
     * Something that was to be done with a session failed though Redis answers: it refused a command, a record cannot be read,
     * others overtook a commit too often or kept the session busy, a commit is refused with another one, or it failed on this node, as
     * where the heap is full. {@code cause} names the session and says what to do.
     */
    default void operationFailed(RuntimeException cause) {}

    /** Redis stopped answering. Told once per outage. */
    default void storeDown(String address, Throwable cause) {}

    /** Redis answers again after {@link #storeDown}. */
    default void storeUp(String address) {}
}
