package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Listeners of an application on two nodes hear together what they would hear on a stock container. */
@Tag(EveryEnvironment.TAG)
class ListenersTest {
    private final SessionLog log = new SessionLog();
    private final SessionLog stockLog = new SessionLog();
    private final Cluster cluster = Cluster.start(node -> {
        log.listenOn(node);
        Application stock = node.deployStock("/stock");
        stockLog.listenOn(stock);
        Pages.deploy(stock::on);
        deployBinding(stock::on);
    });
    private final Client client = new Client();
    private final Client stockClient = Client.of("/stock");

    @BeforeEach
    void deploy() {
        deployBinding(cluster::on);
    }

    @AfterEach
    void stop() {
        cluster.close();
        log.close();
        stockLog.close();
    }

    @Test
    void everythingThatHappensToASession_isHeardAsInAStockContainer() {
        List<String> pages = List.of(
                "/set?name=user&value=ada",
                "/set?name=user&value=bob",
                "/set?name=user&value=bob",
                "/bind?name=bound&value=one",
                "/bind?name=bound&value=two",
                "/set?name=bound&value=plain",
                "/bind?name=bound&value=three",
                "/remove?name=bound",
                "/remove?name=unknown",
                "/rotate",
                "/bind?name=bound&value=four",
                "/set?name=user&value=eve",
                "/invalidate");
        List<String> heard = new ArrayList<>();
        List<String> stock = new ArrayList<>();
        for (int i = 0; i < pages.size(); i++) {
            stockClient.get(cluster.a(), pages.get(i));
            stock.add(pages.get(i) + " -> " + sorted(stockLog.drain()));
            log.drain();
            client.get(i % 2 == 0 ? cluster.a() : cluster.b(), pages.get(i));
            heard.add(pages.get(i) + " -> " + sorted(log.drain()));
            stockLog.drain();
        }

        assertThat(heard).isEqualTo(stock);
        assertThat(String.join("\n", heard))
                .contains("created", "destroyed with user=eve", "replaced user=ada", "unbound two", "id changed: true");
    }

    @Test
    void oldValueThatTheOtherNodeSet_isWhatAListenerIsTold() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.b(), "/set?name=user&value=bob");
        client.text(cluster.a(), "/set?name=user&value=eve");
        client.text(cluster.b(), "/remove?name=user");

        assertThat(log.drain())
                .containsExactly(
                        "created",
                        "added user=ada",
                        "replaced user=ada, now bob",
                        "replaced user=bob, now eve",
                        "removed user=eve");
    }

    @Test
    void refreshOfANode_isNoEventForItsListeners() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.b(), "/get?name=user");
        client.text(cluster.a(), "/bind?name=bound&value=one");
        log.drain();
        client.text(cluster.b(), "/get?name=bound");
        client.text(cluster.b(), "/names");

        assertThat(log.drain()).isEmpty();
    }

    @Test
    void invalidationOnOneNode_isToldOnceThoughTheOtherNodeFindsOut() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.a(), "/bind?name=bound&value=one");
        client.text(cluster.b(), "/get?name=bound");
        log.drain();
        client.text(cluster.a(), "/invalidate");
        client.text(cluster.b(), "/id");
        cluster.b().sweep();

        assertThat(log.drain())
                .containsExactlyInAnyOrder(
                        "destroyed with user=ada", "unbound one", "removed user=ada", "removed bound=Bound[name=one]");
    }

    @Test
    void attributeSetByAListener_isStoredWithTheRequest() {
        cluster.close();
        try (Cluster listening = Cluster.start(node -> node.listen(new SetsOnCreation()))) {
            client.text(listening.a(), "/new");
            assertThat(client.text(listening.b(), "/get?name=by-listener")).isEqualTo("yes");
        }
    }

    private static void deployBinding(Pages.Deployment application) {
        application.on(
                "/bind",
                (request, response) -> request.getSession()
                        .setAttribute(
                                request.getParameter("name"), new SessionLog.Bound(request.getParameter("value"))));
    }

    /** Where the order is free, such as that of attributes at the end, it does not count. */
    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted().toList();
    }

    private static final class SetsOnCreation implements HttpSessionListener {
        @Override
        public void sessionCreated(HttpSessionEvent event) {
            event.getSession().setAttribute("by-listener", "yes");
        }
    }
}
