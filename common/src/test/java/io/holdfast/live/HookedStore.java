package io.holdfast.live;

import io.holdfast.session.CommitId;
import io.holdfast.session.CommitResult;
import io.holdfast.session.CreateResult;
import io.holdfast.session.EndResult;
import io.holdfast.session.KnownCopy;
import io.holdfast.session.LoadResult;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.NewSession;
import io.holdfast.session.SessionDelta;
import io.holdfast.session.SessionStore;
import io.holdfast.session.StoreException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A real store with places to do something right before a commit and right before and after a load. */
final class HookedStore implements SessionStore {
    final AtomicInteger loads = new AtomicInteger();
    final AtomicInteger loadsWithoutACopy = new AtomicInteger();
    final AtomicInteger newer = new AtomicInteger();
    final AtomicInteger current = new AtomicInteger();
    final AtomicInteger touches = new AtomicInteger();

    /** So large the last session was that it was told to end, as its caller knew it. */
    final AtomicLong endedBytes = new AtomicLong();

    private final SessionStore store;
    private final AtomicReference<@Nullable Runnable> beforeCommit = new AtomicReference<>();
    private final AtomicReference<@Nullable Runnable> beforeLoad = new AtomicReference<>();
    private final AtomicReference<@Nullable Runnable> afterLoad = new AtomicReference<>();
    private final AtomicReference<@Nullable Loss> loss = new AtomicReference<>();
    private volatile Runnable beforeCreation = () -> {};

    /** How the answer to a commit or a creation is lost. */
    enum Loss {
        BEHIND_ITS_EFFECT,
        INSTEAD_OF_ITS_EFFECT
    }

    HookedStore(SessionStore store) {
        this.store = store;
    }

    /** The real one, of which nothing is counted and at which nothing happens. */
    SessionStore behind() {
        return store;
    }

    /** Runs {@code action} once, when the next commit has been captured and before it reaches Redis. */
    void beforeNextCommit(Runnable action) {
        beforeCommit.set(action);
    }

    /** Runs {@code action} before every commit from now on. */
    void beforeEachCommit(Runnable action) {
        beforeCommit.set(() -> {
            action.run();
            beforeEachCommit(action);
        });
    }

    /** Runs {@code action} before a session is created, each time from now on. */
    void beforeEachCreation(Runnable action) {
        beforeCreation = action;
    }

    /** Loses the answer to the next commit or creation that takes effect. */
    void loseNextAnswer(Loss how) {
        loss.set(how);
    }

    /** Loses no answer any more. */
    void keepAnswers() {
        loss.set(null);
    }

    /** Runs {@code action} once, before the next load asks Redis. */
    void beforeNextLoad(Runnable action) {
        beforeLoad.set(action);
    }

    /** Runs {@code action} once, when the next load has its answer and before it is worked in. */
    void afterNextLoad(Runnable action) {
        afterLoad.set(action);
    }

    /** Waits until the touches of a record are through: they queue before commits. */
    void awaitTouches(String record) {
        CommitId nobody = new CommitId(0, 0);
        store.commit(new SessionDelta(record, nobody, 1, Map.of(), Map.of(), MetadataChange.NONE));
    }

    @Override
    public LoadResult load(String record) {
        loads.incrementAndGet();
        loadsWithoutACopy.incrementAndGet();
        runOnce(beforeLoad);
        return store.load(record);
    }

    @Override
    public LoadResult load(String record, KnownCopy known) {
        loads.incrementAndGet();
        runOnce(beforeLoad);
        LoadResult result = store.load(record, known);
        if (result instanceof LoadResult.Newer) {
            newer.incrementAndGet();
        }
        if (result instanceof LoadResult.Current) {
            current.incrementAndGet();
        }
        runOnce(afterLoad);
        return result;
    }

    @Override
    public CreateResult create(NewSession session) {
        beforeCreation.run();
        return unlessLost(
                () -> store.create(session),
                result -> result instanceof CreateResult.Created created
                        ? new Made(created.metadata().createdBy(), 1)
                        : null,
                () -> 1);
    }

    @Override
    public CommitResult commit(SessionDelta delta) {
        runOnce(beforeCommit);
        return unlessLost(
                () -> store.commit(delta),
                result -> result instanceof CommitResult.Committed committed
                        ? new Made(committed.commit(), committed.version())
                        : null,
                () -> store.load(delta.record()) instanceof LoadResult.Found found
                        ? found.snapshot().version() + 1
                        : 0);
    }

    @Override
    public void touch(String record) {
        touches.incrementAndGet();
        store.touch(record);
    }

    @Override
    public EndResult end(String record, CommitId createdBy, long payloadBytes) {
        endedBytes.set(payloadBytes);
        return store.end(record, createdBy, payloadBytes);
    }

    @Override
    public void close() {
        store.close();
    }

    /** A commit, and the version of the record that it made. */
    private record Made(CommitId commit, long version) {}

    private <R> R unlessLost(Supplier<R> call, Function<R, @Nullable Made> made, LongSupplier nextVersion) {
        Loss how = loss.get();
        Made lost;
        if (how == Loss.INSTEAD_OF_ITS_EFFECT) {
            lost = new Made(new CommitId(1, 1), nextVersion.getAsLong());
        } else {
            R result = call.get();
            lost = made.apply(result);
            if (how == null || lost == null) {
                return result;
            }
        }
        loss.set(null);
        StoreException unknown = new StoreException("the answer is lost");
        unknown.markLost(lost.commit(), lost.version());
        throw unknown;
    }

    private static void runOnce(AtomicReference<@Nullable Runnable> hook) {
        Runnable action = hook.getAndSet(null);
        if (action != null) {
            action.run();
        }
    }
}
