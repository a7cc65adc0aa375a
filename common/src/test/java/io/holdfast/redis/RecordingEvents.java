package io.holdfast.redis;

import io.holdfast.events.SessionEvents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** Remembers what the store told. */
final class RecordingEvents implements SessionEvents {
    final List<Integer> retries = new CopyOnWriteArrayList<>();
    final List<String> outages = new CopyOnWriteArrayList<>();
    final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    final LinkedBlockingQueue<Throwable> touchFailures = new LinkedBlockingQueue<>();

    @Override
    public void commitRetried(String record, int attempt) {
        retries.add(attempt);
    }

    @Override
    public void touchFailed(String record, Throwable cause) {
        touchFailures.add(cause);
    }

    @Override
    public void operationFailed(RuntimeException cause) {
        failures.add(cause);
    }

    @Override
    public void storeDown(String address, Throwable cause) {
        outages.add("down");
    }

    @Override
    public void storeUp(String address) {
        outages.add("up");
    }
}
