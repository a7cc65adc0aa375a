package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that may keep two sessions between requests works like any other. */
class CopiesTest extends ConfiguredNodes {
    private final SessionLog log = new SessionLog();

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void manySessions_areAllThere_thoughNotOnTheNode() {
        start();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Client each = new Client();
            each.text(cluster.a(), "/set?name=user&value=ada" + i);
            clients.add(each);
        }

        assertThat(cluster.a().count(Figure.LOCAL_COPIES)).isLessThanOrEqualTo(3);
        for (int i = 0; i < 20; i++) {
            assertThat(clients.get(i).text(cluster.a(), "/get?name=user")).isEqualTo("ada" + i);
        }
        assertThat(cluster.a().count(Figure.LOCAL_COPIES)).isLessThanOrEqualTo(3);
        assertThat(log.drain()).noneMatch(line -> line.startsWith("destroyed"));
    }

    @Test
    void sessionOfARunningRequest_staysTheObjectThatOtherRequestsGet() {
        start();
        Hold hold = new Hold();
        List<HttpSession> seen = new CopyOnWriteArrayList<>();
        cluster.on("/long", (request, response) -> {
            seen.add(request.getSession());
            hold.here();
            request.getSession().setAttribute("late", "x");
        });
        cluster.on("/see", (request, response) -> seen.add(request.getSession()));
        client.text(cluster.a(), "/set?name=user&value=ada");
        CompletableFuture<Client.Answer> running = client.start(cluster.a(), "/long");
        hold.awaitReached();
        useOthers();

        client.text(cluster.a(), "/see");
        hold.release();

        Client.await(running).text();
        assertThat(seen.get(1)).isSameAs(seen.get(0));
        assertThat(client.text(cluster.b(), "/get?name=late")).isEqualTo("x");
    }

    @Test
    void requestsThatAskForTheirSessionLate_getOneObject_thoughTheCopyWasGivenUpMeanwhile() {
        start();
        List<HttpSession> seen = new CopyOnWriteArrayList<>();
        Hold first = new Hold();
        Hold second = new Hold();
        Hold third = new Hold();
        onAskingBehind("/first", first, seen);
        onAskingBehind("/second", second, seen);
        cluster.on("/third", (request, response) -> {
            seen.add(request.getSession());
            third.here();
        });
        client.text(cluster.a(), "/set?name=user&value=ada");
        CompletableFuture<Client.Answer> one = client.start(cluster.a(), "/first");
        first.awaitReached();
        useOthers();
        CompletableFuture<Client.Answer> two = client.start(cluster.a(), "/second");
        second.awaitReached();

        CompletableFuture<Client.Answer> three = client.start(cluster.a(), "/third");
        third.awaitReached();
        first.release();
        Client.await(one).text();
        second.release();
        Client.await(two).text();
        third.release();
        Client.await(three).text();

        assertThat(seen).hasSize(3).allMatch(session -> session == seen.get(0));
    }

    @Test
    void sessionThatTheApplicationHolds_isTheOneItsNextRequestGets() {
        start();
        List<HttpSession> users = new CopyOnWriteArrayList<>();
        cluster.on("/login", (request, response) -> users.add(request.getSession()));
        client.text(cluster.a(), "/login");
        useOthers();
        client.text(cluster.b(), "/set?name=user&value=ada");

        client.text(cluster.a(), "/login");

        assertThat(users.get(1)).isSameAs(users.get(0));
        assertThat(users.get(0).getAttribute("user")).isEqualTo("ada");
    }

    @Test
    void sessionThatIsInvalidatedByItsHolder_endsEverywhere_thoughItsCopyWasGivenUp() {
        start();
        List<HttpSession> users = new CopyOnWriteArrayList<>();
        cluster.on("/login", (request, response) -> users.add(request.getSession()));
        client.text(cluster.a(), "/login");
        client.text(cluster.a(), "/set?name=user&value=ada");
        useOthers();
        log.drain();

        users.get(0).invalidate();

        assertThat(client.text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(client.text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(log.drain()).contains("destroyed with user=ada");
    }

    @Test
    void sessionWithoutACopy_isToldToListenersWhenItHasExpired() {
        start();
        client.text(cluster.a(), "/set?name=user&value=ada");
        useOthers();
        log.drain();

        records.letExpire(client.requireSessionId());
        assertThat(client.text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);

        List<String> heard = new CopyOnWriteArrayList<>();
        await().until(() -> {
            heard.addAll(log.drain());
            return heard.contains("removed user=ada");
        });
        assertThat(heard).containsOnlyOnce("destroyed with user=ada");
    }

    @Test
    void sessionWithAValueThatCannotBeStored_keepsIt() {
        start();
        cluster.on("/keep", (request, response) -> request.getSession().setAttribute("thread", new Thread("mine")));
        client.text(cluster.a(), "/keep");
        useOthers();

        assertThat(client.text(cluster.a(), "/get?name=thread")).contains("mine");
    }

    private void start() {
        use(Cluster.start(node -> {
            log.listenOn(node);
            node.set("localCopies", "2").set("reaperIntervalSeconds", "1");
        }));
    }

    private void onAskingBehind(String path, Hold hold, List<HttpSession> seen) {
        cluster.on(path, (request, response) -> {
            hold.here();
            seen.add(request.getSession());
        });
    }

    /** More than the node keeps; so nothing unused from before is left of it. */
    private void useOthers() {
        for (int i = 0; i < 4; i++) {
            new Client().text(cluster.a(), "/set?name=user&value=other");
        }
        cluster.a().sweep();
    }
}
