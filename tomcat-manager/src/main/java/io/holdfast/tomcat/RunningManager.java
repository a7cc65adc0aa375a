package io.holdfast.tomcat;

import io.holdfast.config.AttributeSettings;
import io.holdfast.config.HoldfastSettings;
import io.holdfast.events.EventCounters;
import io.holdfast.expiry.Reaper;
import io.holdfast.request.NodeCopies;
import io.holdfast.services.SessionServices;
import io.holdfast.services.SessionServices.Application;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.catalina.Context;
import org.apache.catalina.Session;
import org.jspecify.annotations.Nullable;

/**
 * What exists while a manager runs, from its start with settings that were checked until it stops: the way to Redis, and the
 * valves in the container's pipelines.
 *
 * @param context the web application
 * @param services the way to Redis, and what works with it
 * @param copies this node's copies of them
 * @param finder finds them, and makes new ones
 * @param attributes what becomes of attributes that cannot be read or stored
 * @param lateUser looks up the user of a request when somebody asks; null: Tomcat does, at each request
 */
record RunningManager(
        Context context,
        SessionServices services,
        NodeCopies<Session, RedisSession> copies,
        SessionFinder finder,
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
        services.close();
    }

    /** Looks for sessions that have ended. */
    Reaper reaper() {
        return services.reaper();
    }

    /** Whether Tomcat asks for the session only to see if it knows a user, which can wait. */
    boolean isProbe() {
        return lateUser != null && AuthenticatorProbe.isAskedOfManager(context);
    }

    private static RunningManager open(
            RedisSessionManager manager,
            Map<String, Session> sessions,
            HoldfastSettings settings,
            EventCounters counters) {
        Context context = manager.getContext();
        SessionServices services = SessionServices.open(
                settings,
                new Application(
                        context.getLoader().getClassLoader(),
                        ServletTypes::isBindingListener,
                        new AttributeFilters(manager),
                        RequestScope::currentUseOf,
                        () -> hasAttributeListeners(context),
                        counters,
                        UnaryOperator.identity()));
        try {
            LOGGER.log(Level.INFO, "Sessions of {0} are kept in Redis: {1}", Namespaces.of(context), settings);
            services.store().warmUp();
            NodeCopies<Session, RedisSession> copies =
                    new NodeCopies<>(sessions, session -> (RedisSession) session, settings);
            RunningManager running = new RunningManager(
                    context,
                    services,
                    copies,
                    new SessionFinder(manager, copies, services.sessions(), services.exclusive()),
                    settings.attributes(),
                    SessionUserValve.addUnlessLogin(context));
            services.reaper().start(new SessionEnder(manager, services.sessions(), copies));
            return running;
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    private static boolean hasAttributeListeners(Context context) {
        Object[] listeners = context.getApplicationEventListeners();
        return listeners != null && Arrays.stream(listeners).anyMatch(ServletTypes::isAttributeListener);
    }
}
