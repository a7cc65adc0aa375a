package io.holdfast.tomcat;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.config.AttributeSettings;
import io.holdfast.config.HoldfastSettings;
import io.holdfast.events.AllEvents;
import io.holdfast.events.EventCounters;
import io.holdfast.events.EventLog;
import io.holdfast.events.SessionEvents;
import io.holdfast.exclusive.ExclusiveRequests;
import io.holdfast.expiry.Reaper;
import io.holdfast.live.LiveSessions;
import io.holdfast.merge.Mergers;
import io.holdfast.merge.ThreeWayMerge;
import io.holdfast.redis.RedisSessionStore;
import io.holdfast.sealing.AttributeSeal;
import io.holdfast.session.SessionStore;
import io.holdfast.tracking.Aliases;
import io.holdfast.tracking.StoredForm;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.Session;
import org.jspecify.annotations.Nullable;

/**
 * What exists while a manager runs, from its start with settings that were checked until it stops: the way to Redis, and the
 * valves in the container's pipelines.
 *
 * @param context the web application
 * @param store where its sessions are
 * @param exclusive lets requests of a session have their turn one after the other
 * @param copies this node's copies of them
 * @param finder finds them, and makes new ones
 * @param reaper looks for those that have ended
 * @param attributes what becomes of attributes that cannot be read or stored
 * @param lateUser looks up the user of a request when somebody asks; null: Tomcat does, at each request
 */
record RunningManager(
        Context context,
        SessionStore store,
        ExclusiveRequests exclusive,
        SessionCopies copies,
        SessionFinder finder,
        Reaper reaper,
        AttributeSettings attributes,
        @Nullable SessionUserValve lateUser) {
    /** Under the name that stands in the configuration. */
    private static final Logger LOGGER = System.getLogger(RedisSessionManager.class.getName());

    /** {@code sessions}: the manager's copies by record, a concurrent map. */
    static RunningManager start(
            RedisSessionManager manager,
            Map<String, Session> sessions,
            HoldfastSettings settings,
            EventCounters counters) {
        HostValve.acquire(manager.getContext());
        try {
            return open(manager, sessions, settings, counters);
        } catch (RuntimeException e) {
            HostValve.release(manager.getContext());
            throw e;
        }
    }

    void stop() {
        HostValve.release(context);
        if (lateUser != null) {
            lateUser.removeFrom(context);
        }
        exclusive.close();
        reaper.close();
        store.close();
    }

    /**
     * Whether Tomcat asks for the session only to see if it knows a user, which can wait. Constraints may have been added
     * since the start, by the annotations of a servlet that was loaded late.
     */
    boolean isProbe() {
        return lateUser != null && context.findConstraints().length == 0 && AuthenticatorProbe.isCalling();
    }

    private static RunningManager open(
            RedisSessionManager manager,
            Map<String, Session> sessions,
            HoldfastSettings settings,
            EventCounters counters) {
        Context context = manager.getContext();
        SessionEvents events = new AllEvents(List.of(counters, new EventLog(settings.namespace())));
        ClassLoader application = context.getLoader().getClassLoader();
        AttributeCodec codec =
                new KryoAttributeCodec(application, ServletTypes::isBindingListener, settings.attributes());
        Mergers mergers = Mergers.load(application, settings.conflicts().attributeMergers());
        RedisSessionStore store = RedisSessionStore.open(settings, events);
        Reaper reaper = new Reaper(store.ends(), settings.reaperInterval());
        ExclusiveRequests exclusive = new ExclusiveRequests(settings.exclusive(), store.leases(), events);
        try {
            LiveSessions live = new LiveSessions(
                    store,
                    new StoredForm(
                            codec,
                            new AttributeSeal(settings.namespace(), settings.attributes()),
                            new AttributeFilters(manager)),
                    new ThreeWayMerge(codec, mergers),
                    new Aliases(),
                    new AllEvents(List.of(events, store.conflictJournal())),
                    settings,
                    RequestScope::currentUseOf,
                    () -> hasAttributeListeners(context),
                    reaper::lookAt);
            LOGGER.log(Level.INFO, "Sessions of {0} are kept in Redis: {1}", Namespaces.of(context), settings);
            store.warmUp();
            SessionCopies copies = new SessionCopies(sessions, settings);
            SessionFinder finder = new SessionFinder(manager, copies, live, exclusive);
            RunningManager running = new RunningManager(
                    context,
                    store,
                    exclusive,
                    copies,
                    finder,
                    reaper,
                    settings.attributes(),
                    SessionUserValve.addUnlessLogin(context));
            reaper.start(new SessionEnder(manager, live, copies));
            return running;
        } catch (RuntimeException e) {
            exclusive.close();
            reaper.close();
            store.close();
            throw e;
        }
    }

    private static boolean hasAttributeListeners(Context context) {
        Object[] listeners = context.getApplicationEventListeners();
        return listeners != null && Arrays.stream(listeners).anyMatch(ServletTypes::isAttributeListener);
    }
}
