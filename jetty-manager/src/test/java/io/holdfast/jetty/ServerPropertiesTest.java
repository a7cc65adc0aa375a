package io.holdfast.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.xml.XmlConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator meets who puts settings into an ini file of Jetty. */
class ServerPropertiesTest {
    private static final String URI = "jetty.session.holdfast.redisUri";

    private final Server server = new Server();

    @TempDir
    private Path directory;

    @Test
    void settings_thatAreKnownAndRight_areTaken() throws Exception {
        server.addBean(new HoldfastSessionDataStoreFactory());

        assertThat(configure(Map.of(
                        URI,
                        "redis://127.0.0.1:6379",
                        "jetty.session.holdfast.commitLanes",
                        "2",
                        "jetty.http.port",
                        "0")))
                .isSameAs(server);
    }

    @ParameterizedTest
    @CsvSource({
        "redisUrl, redis://127.0.0.1, There is no setting \"redisUrl\". Did you mean redisUri?",
        "commitLanes, 0, 'Setting commitLanes=\"0\" is out of range. It takes 1 to 64; default: 1.'",
        "commandTimeoutMillis, 2s, 'Setting commandTimeoutMillis=\"2s\" is not a whole number. It takes 10 to 60000'",
        "namespace, a b, Setting namespace=\"a b\" is no namespace",
        "namespace, '', Setting namespace=\"\" is no namespace"
    })
    void settingThatIsUnknownOrWrong_stopsTheStart(String name, String value, String error) {
        server.addBean(new HoldfastSessionDataStoreFactory());

        assertThatThrownBy(
                        () -> configure(Map.of(URI, "redis://127.0.0.1:6379", "jetty.session.holdfast." + name, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("In the properties jetty.session.holdfast.*: " + error);
    }

    @Test
    void settingThatIsMissing_stopsTheStart() {
        server.addBean(new HoldfastSessionDataStoreFactory());

        assertThatThrownBy(() -> configure(Map.of()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("In the properties jetty.session.holdfast.*: Setting redisUri is missing.");
    }

    @Test
    void passwordInAWrongAddress_isNotShown() {
        server.addBean(new HoldfastSessionDataStoreFactory());

        assertThatThrownBy(() -> configure(Map.of(URI, "http://ada:secret@localhost")))
                .hasMessageContaining("***@localhost")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void serverWithoutTheFactory_isToldSo() {
        assertThatThrownBy(() -> configure(Map.of(URI, "redis://127.0.0.1:6379")))
                .hasMessageContaining("needs a HoldfastSessionDataStoreFactory");
    }

    /** As Jetty's start does it, with the service that it finds on the class path. */
    private Object configure(Map<String, String> properties) throws Exception {
        XmlConfiguration xml;
        try (ResourceFactory.Closeable resources = ResourceFactory.closeable()) {
            xml = new XmlConfiguration(resources.newResource(file()));
        }
        xml.getIdMap().put("Server", server);
        xml.getProperties().putAll(properties);
        return xml.configure();
    }

    private Path file() throws IOException {
        return Files.writeString(directory.resolve("settings.xml"), """
                <!DOCTYPE HoldfastSettings [<!ELEMENT HoldfastSettings EMPTY>]>
                <HoldfastSettings/>
                """);
    }
}
