package io.holdfast.jetty;

import io.holdfast.config.InvalidSettingException;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.xml.ConfigurationProcessor;
import org.eclipse.jetty.xml.ConfigurationProcessorFactory;
import org.eclipse.jetty.xml.XmlConfiguration;
import org.eclipse.jetty.xml.XmlParser;
import org.jspecify.annotations.Nullable;

/**
 * Gives the server's {@link HoldfastSessionDataStoreFactory} each property of the server whose name begins with
 * {@code jetty.session.holdfast.}, and checks them all. So a misspelt or wrong one stops the server before it opens a port.
 *
 * <p>Jetty's own XML can only ask for properties by name, and would never notice one that is misspelt. Jetty finds this as a
 * service, for a file whose root is {@code <HoldfastSettings/>}; the module {@code session-store-holdfast} has one.
 */
public final class ServerProperties implements ConfigurationProcessorFactory {
    private static final String ROOT = "HoldfastSettings";
    private static final String PREFIX = "jetty.session.holdfast.";

    /** For Jetty, which finds it as a service. */
    public ServerProperties() {}

    @Override
    public @Nullable ConfigurationProcessor getConfigurationProcessor(@Nullable String dtd, String tag) {
        return tag.equals(ROOT) ? new Processor() : null;
    }

    private static final class Processor implements ConfigurationProcessor {
        private @Nullable XmlConfiguration configuration;

        @Override
        public void init(Resource resource, XmlParser.Node root, XmlConfiguration configuration) {
            this.configuration = configuration;
        }

        @Override
        public Object configure() {
            return configure(configuration().getIdMap().get("Server"));
        }

        /**
         * Does what the file is for.
         *
         * @throws InvalidSettingException when a setting is unknown or missing or has a value it does not take
         */
        @Override
        public Object configure(@Nullable Object server) {
            HoldfastSessionDataStoreFactory factory =
                    server instanceof Server ours ? ours.getBean(HoldfastSessionDataStoreFactory.class) : null;
            if (server == null || factory == null) {
                throw new IllegalStateException(
                        "<" + ROOT + "/> needs a HoldfastSessionDataStoreFactory among the beans of the server. "
                                + "Add it before, as etc/sessions/holdfast/session-store.xml does.");
            }
            apply(configuration().getProperties(), factory);
            return server;
        }

        private XmlConfiguration configuration() {
            if (configuration == null) {
                throw new IllegalStateException("not initialized");
            }
            return configuration;
        }

        private static void apply(Map<String, String> properties, HoldfastSessionDataStoreFactory factory) {
            try {
                new TreeMap<>(properties).forEach((name, value) -> {
                    if (name.startsWith(PREFIX)) {
                        factory.setSetting(name.substring(PREFIX.length()), value);
                    }
                });
                factory.check();
            } catch (InvalidSettingException e) {
                throw new InvalidSettingException("In the properties " + PREFIX + "*: " + e.getMessage(), e.getCause());
            }
        }
    }
}
