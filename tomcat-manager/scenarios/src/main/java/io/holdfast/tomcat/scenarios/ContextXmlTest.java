package io.holdfast.tomcat.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.CapturedLog;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.core.StandardContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one line of an installation, read by Tomcat's own parser from the {@code context.xml} of a web application. */
class ContextXmlTest {
    @TempDir
    private Path webapp;

    @Test
    void managerElement_putsTheSessionsIntoRedisUnderHostAndContext() throws IOException {
        writeContextXml("redisUri='" + TestRedis.shared().uri() + "' maxActiveSessions='50' commitLanes='2'");
        try (TomcatNode node = TomcatNode.start(this::deploy);
                RespConnection redis = RespConnection.open(TestRedis.shared().uri())) {
            Client client = Client.of("/from-xml");
            client.text(node, "/set?name=user&value=ada");

            String key =
                    "holdfast:localhost/from-xml:{" + client.requireSessionId().substring(0, 16) + "}";
            assertThat(redis.send("HEXISTS", key, "@user").number()).isEqualTo(1);
            assertThat(client.text(node, "/get?name=user")).isEqualTo("ada");
            client.text(node, "/invalidate");
            assertThat(redis.send("EXISTS", key).number()).isZero();
        }
    }

    @Test
    void misspelledAttribute_stopsTheStartAndNamesTheRightOne() throws IOException {
        writeContextXml("redisUri='" + TestRedis.shared().uri() + "' comitLanes='2'");
        try (CapturedLog log = CapturedLog.open();
                TomcatNode node = TomcatNode.start(this::deploy)) {
            assertThat(Client.of("/from-xml").get(node, "/nothing").status()).isEqualTo(404);
            assertThat(log.text()).contains("There is no setting \"comitLanes\". Did you mean commitLanes?");
        }
    }

    @Test
    void elementWithoutAddress_stopsTheStart() throws IOException {
        writeContextXml("");
        try (CapturedLog log = CapturedLog.open();
                TomcatNode node = TomcatNode.start(this::deploy)) {
            assertThat(Client.of("/from-xml").get(node, "/nothing").status()).isEqualTo(404);
            assertThat(log.text()).contains("Setting redisUri is missing");
        }
    }

    private void writeContextXml(String attributes) throws IOException {
        Path file = webapp.resolve("META-INF/context.xml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "<Context><Manager className='io.holdfast.tomcat.RedisSessionManager' " + attributes + "/></Context>",
                UTF_8);
    }

    private void deploy(TomcatNode node) {
        node.manager().setRedisUri(TestRedis.shared().uri());
        node.tomcat().setAddDefaultWebXmlToWebapp(false);
        StandardContext context = (StandardContext) node.tomcat().addWebapp("/from-xml", webapp.toString());
        Pages.deploy(new TomcatApplication(node.tomcat(), context, false)::on);
    }
}
