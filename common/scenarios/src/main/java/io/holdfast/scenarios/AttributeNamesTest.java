package io.holdfast.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of attributes: the application sees its own and no others, whatever they are. */
@Tag(EveryEnvironment.TAG)
class AttributeNamesTest {
    private final Cluster cluster = Cluster.start();
    private final Client client = new Client();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void sessionWithoutAttributes_showsNoNames() {
        client.text(cluster.a(), "/new");

        assertThat(client.text(cluster.a(), "/names")).isEmpty();
        assertThat(client.text(cluster.b(), "/names")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "m", "@", "@x", "$", "$principal", "$authType", "", " ", "ünïcödé ☃", "a\r\nb", "{}:"})
    void nameLikeAnInternalField_isAnAttributeLikeAnyOther(String name) {
        String parameter = "name=" + URLEncoder.encode(name, UTF_8);
        client.text(cluster.a(), "/set?value=1&" + parameter);

        assertThat(client.text(cluster.b(), "/names")).isEqualTo(name);
        assertThat(client.text(cluster.b(), "/get?" + parameter)).isEqualTo("1");
        client.text(cluster.b(), "/set?value=2&" + parameter);
        assertThat(client.text(cluster.a(), "/get?" + parameter)).isEqualTo("2");
        client.text(cluster.a(), "/remove?" + parameter);
        assertThat(client.text(cluster.b(), "/names")).isEmpty();
        assertThat(client.text(cluster.b(), "/get?" + parameter)).isEqualTo("null");
    }
}
