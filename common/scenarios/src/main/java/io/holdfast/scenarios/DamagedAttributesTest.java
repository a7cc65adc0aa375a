package io.holdfast.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An attribute that cannot be read costs that attribute and nothing else. */
class DamagedAttributesTest {
    private final Cluster cluster = Cluster.start();
    private final Records records = Records.of(cluster);
    private final Client client = new Client();

    @BeforeEach
    void damage() {
        cluster.on(
                "/list",
                (request, response) -> request.getSession()
                        .setAttribute(request.getParameter("name"), new ArrayList<>(List.of("a", "b"))));
        client.text(cluster.a(), "/list?name=whole");
        client.text(cluster.a(), "/list?name=damaged");
        String key = records.key(client.requireSessionId());
        byte[] field = records.send("HGET", key, "@damaged").bytes();
        Arrays.fill(field, field.length / 2, field.length, (byte) 0xFF);
        records.send("HSET", key, "@damaged", field);
    }

    @AfterEach
    void stop() {
        records.close();
        cluster.close();
    }

    @Test
    void itReadsAsNull_itsNameStays_andTheOthersAreFine() {
        assertThat(client.text(cluster.b(), "/get?name=damaged")).isEqualTo("null");
        assertThat(client.text(cluster.b(), "/get?name=whole")).isEqualTo("[a, b]");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("damaged,whole");
        assertThat(cluster.sum(Figure.UNREADABLE_ATTRIBUTES)).isEqualTo(1);
    }

    @Test
    void itsBytesStayUntilItIsOverwritten() {
        String key = records.key(client.requireSessionId());
        byte[] damaged = records.send("HGET", key, "@damaged").bytes();
        client.text(cluster.b(), "/get?name=damaged");
        client.text(cluster.b(), "/set?name=other&value=x");
        assertThat(records.send("HGET", key, "@damaged").bytes()).isEqualTo(damaged);

        client.text(cluster.b(), "/set?name=damaged&value=repaired");
        assertThat(client.text(cluster.b(), "/get?name=damaged")).isEqualTo("repaired");
        assertThat(new Client(client.requireSessionId()).text(cluster.a(), "/get?name=damaged"))
                .isEqualTo("repaired");
    }

    @Test
    void itCanBeRemoved() {
        client.text(cluster.b(), "/remove?name=damaged");

        assertThat(client.text(cluster.b(), "/names")).isEqualTo("whole");
        assertThat(client.text(cluster.a(), "/names")).isEqualTo("whole");
    }

    @Test
    void fieldThatIsNoAttributeAtAll_costsItselfOnly() {
        String key = records.key(client.requireSessionId());
        records.send("HSET", key, "@damaged", "garbage".getBytes(UTF_8));
        records.send("HSET", key, "@empty", "");
        records.send("HSET", key, "unknown", "field");

        assertThat(client.text(cluster.b(), "/get?name=whole")).isEqualTo("[a, b]");
        assertThat(client.text(cluster.b(), "/get?name=damaged")).isEqualTo("null");
        assertThat(client.text(cluster.b(), "/get?name=empty")).isEqualTo("null");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("damaged,empty,whole");

        client.text(cluster.b(), "/remove?name=damaged");
        client.text(cluster.b(), "/remove?name=empty");
        assertThat(client.text(cluster.a(), "/names")).isEqualTo("whole");
    }
}
