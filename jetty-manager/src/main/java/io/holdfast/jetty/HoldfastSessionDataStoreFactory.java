package io.holdfast.jetty;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.InvalidSettingException;
import io.holdfast.config.Setting;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.session.AbstractSessionDataStoreFactory;
import org.eclipse.jetty.session.SessionCache;
import org.eclipse.jetty.session.SessionContext;
import org.eclipse.jetty.session.SessionDataStore;
import org.eclipse.jetty.session.SessionManager;

/**
 * Keeps the sessions of a server's web applications in Redis. To be added to the server as a bean before it starts, together
 * with a {@link HoldfastSessionCacheFactory} and a {@link HoldfastSessionIdManager}:
 *
 * <pre>{@code
 * HoldfastSessionDataStoreFactory sessions = new HoldfastSessionDataStoreFactory();
 * sessions.setRedisUri("redis://127.0.0.1:6379");
 * server.addBean(sessions);
 * server.addBean(new HoldfastSessionCacheFactory());
 * server.addBean(new HoldfastSessionIdManager(server));
 * }</pre>
 *
 * <p>A wrong setting stops the web application at start. Each web application has connections and keys of its own.
 */
public final class HoldfastSessionDataStoreFactory extends AbstractSessionDataStoreFactory {
    private final Map<Setting, String> texts = new EnumMap<>(Setting.class);
    private final Map<String, HoldfastSessionDataStore> namespaces = new ConcurrentHashMap<>();

    /** Where Redis is. */
    public void setRedisUri(String value) {
        texts.put(Setting.REDIS_URI, value);
    }

    /** Second part of every key; to be set only for a server with one web application. */
    public void setNamespace(String value) {
        texts.put(Setting.NAMESPACE, value);
    }

    /**
     * Sets the setting called {@code key}; {@link Setting} has them all.
     *
     * @throws InvalidSettingException when there is none of that name
     */
    public void setSetting(String key, String value) {
        HoldfastSettings.builder().set(key, value);
        Setting setting = Setting.named(key);
        if (setting != null) {
            texts.put(setting, value);
        }
    }

    @Override
    public SessionDataStore getSessionDataStore(SessionManager manager) {
        HoldfastSessionDataStore store = new HoldfastSessionDataStore(this);
        store.setGracePeriodSec(getGracePeriodSec());
        store.setSavePeriodSec(getSavePeriodSec());
        return store;
    }

    /**
     * Has the sessions of one web application kept, and not those of the whole server. To be called before it starts, e.g. in
     * its {@code WEB-INF/jetty-ee10-web.xml}, and nothing has to be added to the server:
     *
     * <pre>{@code
     * <Get id="sessions" name="sessionHandler"/>
     * <New class="io.holdfast.jetty.HoldfastSessionDataStoreFactory">
     *   <Set name="redisUri">redis://127.0.0.1:6379</Set>
     *   <Call name="keepSessionsOf"><Arg><Ref refid="sessions"/></Arg></Call>
     * </New>
     * }</pre>
     *
     * @param manager the web application's session handler; in ee8 and ee9, the session manager of that
     * @throws InvalidSettingException when a setting is missing or has a value it does not take
     */
    public void keepSessionsOf(SessionManager manager) {
        check();
        SessionCache cache = new HoldfastSessionCacheFactory().getSessionCache(manager);
        cache.setSessionDataStore(getSessionDataStore(manager));
        manager.setSessionCache(cache);
    }

    /**
     * Checks all settings, as far as that can be done before a web application starts.
     *
     * @throws InvalidSettingException when one is missing or has a value it does not take
     */
    void check() {
        builder(Namespaces.OF_ROOT).build();
    }

    private HoldfastSettings.Builder builder(String defaultNamespace) {
        HoldfastSettings.Builder builder = HoldfastSettings.builder();
        texts.forEach(builder::set);
        if (builder.get(Setting.NAMESPACE) == null) {
            builder.set(Setting.NAMESPACE, defaultNamespace);
        }
        return builder;
    }

    /**
     * The settings for the store of one web application, which starts.
     *
     * @throws InvalidSettingException when one is missing or has a value it does not take, or another web application of this
     *     server has the same namespace: a session id may name a session in each of them
     */
    HoldfastSettings settings(SessionContext context, HoldfastSessionDataStore store) {
        HoldfastSettings.Builder builder = builder(Namespaces.of(context));
        HoldfastSettings settings = builder.build();
        boolean ours = context.getSessionManager().getSessionCache() instanceof HoldfastSessionCache;
        if (!ours && !settings.exclusive().rule().isNone()) {
            throw new InvalidSettingException(
                    "Setting exclusive=\"" + builder.get(Setting.EXCLUSIVE)
                            + "\" needs a HoldfastSessionCacheFactory; add one to the server, or set it to none.",
                    null);
        }
        HoldfastSessionDataStore other = namespaces.putIfAbsent(settings.namespace(), store);
        if (other != null && other != store) {
            throw new InvalidSettingException(
                    "Setting namespace=\"" + settings.namespace()
                            + "\" is that of two web applications of this server. "
                            + "Leave it out, and each has its own, or give each a factory of its own.",
                    null);
        }
        return settings;
    }

    /** A store has stopped, or failed to start. */
    void stopped(HoldfastSessionDataStore store) {
        namespaces.values().remove(store);
    }
}
