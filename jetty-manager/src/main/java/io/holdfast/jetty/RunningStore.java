package io.holdfast.jetty;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.config.AttributeSettings;
import io.holdfast.config.HoldfastSettings;
import io.holdfast.events.AllEvents;
import io.holdfast.events.EventCounters;
import io.holdfast.events.EventLog;
import io.holdfast.events.SessionEvents;
import io.holdfast.expiry.Reaper;
import io.holdfast.live.LiveSessions;
import io.holdfast.merge.Mergers;
import io.holdfast.merge.ThreeWayMerge;
import io.holdfast.redis.RedisSessionStore;
import io.holdfast.sealing.AttributeSeal;
import io.holdfast.session.SessionEnds;
import io.holdfast.tracking.Aliases;
import io.holdfast.tracking.AttributeGate;
import io.holdfast.tracking.StoredForm;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.eclipse.jetty.session.SessionContext;

/**
 * What exists while the store of one web application runs.
 *
 * @param context the web application
 * @param settings what becomes of attributes that cannot be read or stored
 * @param ids takes session ids apart
 * @param store where the sessions are
 * @param sessions makes this node's objects of them
 * @param reaper holds leases of ends
 * @param ending sessions this node is telling the end of
 */
record RunningStore(
        SessionContext context,
        AttributeSettings settings,
        JettyIds ids,
        RedisSessionStore store,
        LiveSessions sessions,
        Reaper reaper,
        EndingSessions ending) {
    /** Under the name that stands in the configuration. */
    private static final Logger LOGGER = System.getLogger(HoldfastSessionDataStoreFactory.class.getName());

    /** {@code application}: the web application's class loader. */
    static RunningStore start(SessionContext context, ClassLoader application, HoldfastSettings settings) {
        JettyIds ids =
                new JettyIds(!(context.getSessionManager().getSessionIdManager() instanceof HoldfastSessionIdManager));
        SessionEvents events = new AllEvents(List.of(new EventCounters(), new EventLog(settings.namespace())));
        AttributeCodec codec = new KryoAttributeCodec(
                new JettyClasses(application), BindingListeners::isBindingListener, settings.attributes());
        Mergers mergers = Mergers.load(application, settings.conflicts().attributeMergers());
        RedisSessionStore store = RedisSessionStore.open(settings, events);
        Reaper reaper = new Reaper(store.ends(), settings.reaperInterval());
        LiveSessions sessions = new LiveSessions(
                store,
                new StoredForm(
                        codec, new AttributeSeal(settings.namespace(), settings.attributes()), AttributeGate.OPEN),
                new ThreeWayMerge(codec, mergers),
                new Aliases(),
                new AllEvents(List.of(events, store.conflictJournal())),
                settings,
                session -> null, // Jetty does not tell a store for which request a session is used
                () -> true, // and returns the previous value to whoever sets an attribute
                record -> {});
        LOGGER.log(Level.INFO, "Sessions of {0} are kept in Redis: {1}", settings.namespace(), settings);
        store.warmUp();
        return new RunningStore(
                context, settings.attributes(), ids, store, sessions, reaper, new EndingSessions(reaper));
    }

    SessionEnds ends() {
        return store.ends();
    }

    void stop() {
        ending.giveBackAll();
        reaper.close();
        store.close();
    }
}
