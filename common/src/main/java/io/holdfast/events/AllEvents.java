package io.holdfast.events;

import io.holdfast.codec.NotEncodableException;
import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.conflict.ConflictReport;
import java.util.List;

/**
 * Passes every event on to several listeners, in their order.
 *
 * @param listeners who is told
 */
public record AllEvents(List<SessionEvents> listeners) implements SessionEvents {
    public AllEvents {
        listeners = List.copyOf(listeners);
    }

    @Override
    public void committed(String record, int changes) {
        listeners.forEach(listener -> listener.committed(record, changes));
    }

    @Override
    public void commitRetried(String record, int attempt) {
        listeners.forEach(listener -> listener.commitRetried(record, attempt));
    }

    @Override
    public void conflict(String record, ConflictReport report) {
        listeners.forEach(listener -> listener.conflict(record, report));
    }

    @Override
    public void commitDropped(String record) {
        listeners.forEach(listener -> listener.commitDropped(record));
    }

    @Override
    public void commitFailed(String record, RuntimeException cause) {
        listeners.forEach(listener -> listener.commitFailed(record, cause));
    }

    @Override
    public void exclusiveWaited(String record, long waitedMillis) {
        listeners.forEach(listener -> listener.exclusiveWaited(record, waitedMillis));
    }

    @Override
    public void exclusiveTimedOut(String record, long waitedMillis) {
        listeners.forEach(listener -> listener.exclusiveTimedOut(record, waitedMillis));
    }

    @Override
    public void leaseLost(String record) {
        listeners.forEach(listener -> listener.leaseLost(record));
    }

    @Override
    public void attributeUnreadable(String record, String attribute, UnreadableAttributeException cause) {
        listeners.forEach(listener -> listener.attributeUnreadable(record, attribute, cause));
    }

    @Override
    public void attributeNotStored(String record, String attribute, String className, NotEncodableException cause) {
        listeners.forEach(listener -> listener.attributeNotStored(record, attribute, className, cause));
    }

    @Override
    public void attributesShareObject(String record, String attribute, String otherAttribute, String className) {
        listeners.forEach(listener -> listener.attributesShareObject(record, attribute, otherAttribute, className));
    }

    @Override
    public void attributeBusy(String record, String attribute, String className) {
        listeners.forEach(listener -> listener.attributeBusy(record, attribute, className));
    }

    @Override
    public void touchFailed(String record, Throwable cause) {
        listeners.forEach(listener -> listener.touchFailed(record, cause));
    }

    @Override
    public void operationFailed(RuntimeException cause) {
        listeners.forEach(listener -> listener.operationFailed(cause));
    }

    @Override
    public void storeDown(String address, Throwable cause) {
        listeners.forEach(listener -> listener.storeDown(address, cause));
    }

    @Override
    public void storeUp(String address) {
        listeners.forEach(listener -> listener.storeUp(address));
    }
}
