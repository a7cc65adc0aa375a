package io.holdfast.jetty;

import io.holdfast.config.AttributeSettings;
import io.holdfast.config.HoldfastSettings;
import io.holdfast.events.EventCounters;
import io.holdfast.expiry.Reaper;
import io.holdfast.live.LiveSessions;
import io.holdfast.redis.RedisSessionStore;
import io.holdfast.services.SessionServices;
import io.holdfast.services.SessionServices.Application;
import io.holdfast.session.SessionEnds;
import io.holdfast.tracking.AttributeGate;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.jetty.session.SessionContext;

/**
 * What exists while the store of one web application runs.
 *
 * @param context the web application
 * @param settings what becomes of attributes that cannot be read or stored
 * @param ids takes session ids apart
 * @param scopes for which request a thread works
 * @param counters counts what happens
 * @param services the way to Redis, and what works with it
 * @param ending sessions this node is telling the end of, with a cache of Jetty's own
 */
record RunningStore(
        SessionContext context,
        AttributeSettings settings,
        JettyIds ids,
        RequestScopes scopes,
        EventCounters counters,
        SessionServices services,
        EndingSessions ending) {
    /** Under the name that stands in the configuration. */
    private static final Logger LOGGER = System.getLogger(HoldfastSessionDataStoreFactory.class.getName());

    /** {@code application}: the web application's class loader. */
    static RunningStore start(SessionContext context, ClassLoader application, HoldfastSettings settings) {
        JettyIds ids =
                new JettyIds(!(context.getSessionManager().getSessionIdManager() instanceof HoldfastSessionIdManager));
        RequestScopes scopes = new RequestScopes();
        EventCounters counters = new EventCounters();
        JettyClasses classes = new JettyClasses(application);
        SessionServices services = SessionServices.open(
                settings,
                new Application(
                        classes,
                        BindingListeners::isBindingListener,
                        AttributeGate.OPEN,
                        scopes::currentUseOf,
                        AttributeListeners.of(context.getSessionManager()),
                        counters,
                        codec -> new JettyCodec(codec, classes)));
        LOGGER.log(Level.INFO, "Sessions of {0} are kept in Redis: {1}", settings.namespace(), settings);
        services.store().warmUp();
        return new RunningStore(
                context, settings.attributes(), ids, scopes, counters, services, new EndingSessions(services.reaper()));
    }

    RedisSessionStore store() {
        return services.store();
    }

    LiveSessions sessions() {
        return services.sessions();
    }

    Reaper reaper() {
        return services.reaper();
    }

    SessionEnds ends() {
        return services.store().ends();
    }

    void stop() {
        ending.giveBackAll();
        services.close();
    }
}
