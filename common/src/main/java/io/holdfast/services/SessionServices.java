package io.holdfast.services;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.config.HoldfastSettings;
import io.holdfast.events.AllEvents;
import io.holdfast.events.EventLog;
import io.holdfast.events.SessionEvents;
import io.holdfast.exclusive.ExclusiveRequests;
import io.holdfast.expiry.Reaper;
import io.holdfast.live.CurrentUse;
import io.holdfast.live.LiveSessions;
import io.holdfast.merge.Mergers;
import io.holdfast.merge.ThreeWayMerge;
import io.holdfast.redis.RedisSessionStore;
import io.holdfast.sealing.AttributeSeal;
import io.holdfast.tracking.Aliases;
import io.holdfast.tracking.AttributeGate;
import io.holdfast.tracking.StoredForm;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What serves the sessions of one web application while it runs, whatever its container.
 *
 * @param store where the sessions are
 * @param sessions makes this node's live sessions
 * @param exclusive lets requests of a session have their turn one after the other
 * @param reaper looks for those that have ended, once it is started
 */
public record SessionServices(
        RedisSessionStore store, LiveSessions sessions, ExclusiveRequests exclusive, Reaper reaper)
        implements AutoCloseable {
    /**
     * What the container's adapter knows of the web application.
     *
     * @param classes finds the application's classes
     * @param isBindingListener whether a value wants to hear that it is bound to a session
     * @param gate which attributes nodes share
     * @param currentUse tells for which request a thread works
     * @param previousWanted whether somebody wants to see attribute values that are overwritten or removed
     * @param counters counts what happens
     * @param codec the codec to use in place of the one it is given, for values of the container's own
     */
    public record Application(
            ClassLoader classes,
            Predicate<Object> isBindingListener,
            AttributeGate gate,
            CurrentUse currentUse,
            BooleanSupplier previousWanted,
            SessionEvents counters,
            UnaryOperator<AttributeCodec> codec) {}

    /** To be {@linkplain #close closed}. Redis need not be there. */
    public static SessionServices open(HoldfastSettings settings, Application application) {
        SessionEvents events = new AllEvents(List.of(application.counters(), new EventLog(settings.namespace())));
        AttributeCodec codec = application
                .codec()
                .apply(new KryoAttributeCodec(
                        application.classes(), application.isBindingListener(), settings.attributes()));
        Mergers mergers =
                Mergers.load(application.classes(), settings.conflicts().attributeMergers());
        AttributeSeal seal = new AttributeSeal(settings.namespace(), settings.attributes());
        RedisSessionStore store = RedisSessionStore.open(settings, events);
        Reaper reaper = new Reaper(store.ends(), settings.reaperInterval());
        ExclusiveRequests exclusive = new ExclusiveRequests(settings.exclusive(), store.leases(), events);
        LiveSessions sessions = new LiveSessions(
                store,
                new StoredForm(codec, seal, application.gate()),
                new ThreeWayMerge(codec, mergers),
                new Aliases(System::nanoTime),
                new AllEvents(List.of(events, store.conflictJournal())),
                settings,
                application.currentUse(),
                application.previousWanted(),
                reaper::lookAt);
        return new SessionServices(store, sessions, exclusive, reaper);
    }

    /** Ends what is running: turns of requests, then what the reaper tells, then the way to Redis. */
    @Override
    public void close() {
        exclusive.close();
        reaper.close();
        store.close();
    }
}
