package io.holdfast.jetty;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.InvalidSettingException;
import io.holdfast.config.Setting;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.session.AbstractSessionDataStoreFactory;
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
     * The settings for the store of one web application, which starts.
     *
     * @throws InvalidSettingException when one is missing or has a value it does not take, or another web application of this
     *     server has the same namespace: a session id may name a session in each of them
     */
    HoldfastSettings settings(SessionContext context, HoldfastSessionDataStore store) {
        HoldfastSettings.Builder builder = HoldfastSettings.builder();
        texts.forEach(builder::set);
        if (builder.get(Setting.NAMESPACE) == null) {
            builder.set(Setting.NAMESPACE, Namespaces.of(context));
        }
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
