package io.holdfast.tracking;

import io.holdfast.session.LeaseToken;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One request's use of one session, from its first look at the session until it has ended: what it was handed and what it
 * put and removed. A commit writes what one use changed and nothing of the uses that are still running, so that two
 * attributes set by one request are never seen half.
 *
 * <p>An object that a use was handed stays tracked until the use ends, even when a refresh replaced it in the map.
 *
 * <p>Safe for use by many threads: an asynchronous request works in several.
 */
public final class Use {
    /**
     * A put or a removal that is not committed.
     *
     * @param order number among all puts and removals of the session on this node
     * @param live what was put; null: removed
     */
    record Write(long order, @Nullable LiveValue live) {}

    private record Guard(LeaseToken token, Runnable whenEnded) {}

    private final AtomicReference<@Nullable Guard> guard = new AtomicReference<>();
    private final Set<LiveValue> handedOut = ConcurrentHashMap.newKeySet();
    private final Map<String, Write> writes = new ConcurrentHashMap<>();
    private final Set<LiveValue> suspects = ConcurrentHashMap.newKeySet();
    private volatile boolean validated;
    private volatile boolean incomplete;
    private volatile String requestUri = "";

    /** Whether this use has seen the record, so that the local copy may be used without asking again. */
    public boolean isValidated() {
        return validated;
    }

    /** This use has seen the record. */
    public void markValidated() {
        validated = true;
    }

    /** What may have been changed for this use was dropped: it must not be stored without that. */
    void markIncomplete() {
        incomplete = true;
    }

    /** Whether {@link #markIncomplete} was called. */
    public boolean isIncomplete() {
        return incomplete;
    }

    /** Nobody watches any more what {@code dropped} was handed, and what may have been changed for this use. */
    void suspect(Use dropped) {
        suspects.addAll(dropped.handedOut);
    }

    /** Objects that make this use incomplete if they are changed. */
    Set<LiveValue> suspects() {
        return suspects;
    }

    /** Whether it has put or removed something that is not committed. */
    boolean hasWrites() {
        return !writes.isEmpty();
    }

    /** Path of the request this use is for; empty: of none. */
    public String requestUri() {
        return requestUri;
    }

    /** Tells for which request this use is, in reports of conflicts. */
    public void setRequestUri(String path) {
        requestUri = path;
    }

    /**
     * Ties this use to a lease of the session.
     *
     * @param token without which nothing that this use changed may be written
     * @param whenEnded told once, when this use has ended
     */
    public void guard(LeaseToken token, Runnable whenEnded) {
        guard.set(new Guard(token, whenEnded));
    }

    /** The lease this use is tied to; null: none. */
    public @Nullable LeaseToken lease() {
        Guard known = guard.get();
        return known == null ? null : known.token();
    }

    /** This use has ended; its lease is not needed any more. */
    public void end() {
        Guard known = guard.getAndSet(null);
        if (known != null) {
            known.whenEnded().run();
        }
    }

    void handOut(LiveValue live) {
        handedOut.add(live);
    }

    /** What happens to objects this use was handed is no change of the session from now on. */
    public void forgetHandedOut() {
        handedOut.clear();
    }

    void wrote(String name, Write write) {
        writes.merge(name, write, (known, added) -> added.order() > known.order() ? added : known);
        if (write.live() != null) {
            handOut(write.live());
        }
    }

    /** Whether there is anything a commit would look at. */
    public boolean isEmpty() {
        return handedOut.isEmpty() && writes.isEmpty();
    }

    /** Forgets a write that was committed, or that a later one of any use, which was committed, covers. */
    void forgetWrite(String name, long upToOrder) {
        writes.computeIfPresent(name, (key, write) -> write.order() <= upToOrder ? null : write);
    }

    /** Forgets what this use was handed under a name but the one object that is the value now. */
    void forgetHandedOutBut(String name, @Nullable LiveValue current) {
        handedOut.removeIf(live -> live.name.equals(name) && live != current);
    }

    /** The tracked object this use was handed under that name, if it is this very object and still tracked. */
    @Nullable
    LiveValue handedOut(String name, Object object) {
        for (LiveValue live : handedOut) {
            if (live.isOf(object) && live.name.equals(name) && !live.isReplaced()) {
                return live;
            }
        }
        return null;
    }

    /** Whether this use was handed a value of that name which some record has held. */
    boolean wasHanded(String name) {
        return handedOut.stream().anyMatch(live -> live.name.equals(name) && live.version() > 0);
    }

    /** Lowest version of such values that the application has not replaced; {@link Long#MAX_VALUE}: there is none. */
    long oldestHandedOut(String name) {
        return handedOut.stream()
                .filter(live -> live.name.equals(name) && live.version() > 0 && !live.isReplaced())
                .mapToLong(LiveValue::version)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    Set<LiveValue> handedOut() {
        return handedOut;
    }

    Map<String, Write> writes() {
        return writes;
    }
}
