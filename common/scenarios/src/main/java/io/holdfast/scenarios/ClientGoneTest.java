package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client hangs up while its request works: what the request changes is stored like any other's, and it leaves nothing behind. */
class ClientGoneTest {
    private final Cluster cluster = Cluster.start();
    private final Client client = new Client();
    private final Hold hold = new Hold();
    private final CountDownLatch failed = new CountDownLatch(1);

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void beforeTheResponseBegins_whatItChangesBeforeAndAfter_isStored() {
        cluster.on("/work", (request, response) -> {
            List<String> cart = cart(request.getSession().getAttribute("cart"));
            request.getSession().setAttribute("before", "x");
            hold.here();
            request.getSession().setAttribute("after", "x");
            cart.add("bread");
            response.getWriter().print("done");
        });

        hangUpDuring("/work");

        await().untilAsserted(
                        () -> assertThat(client.text(cluster.b(), "/names")).isEqualTo("after,before,cart"));
        assertThat(client.text(cluster.b(), "/get?name=cart")).isEqualTo("[bread]");
        assertThat(client.text(cluster.a(), "/get?name=cart")).isEqualTo("[bread]");
    }

    @Test
    void whileTheResponseIsWritten_whatItChangesBehindTheFailure_isStored() throws Exception {
        cluster.on("/work", (request, response) -> {
            request.getSession().setAttribute("before", "x");
            response.flushBuffer();
            hold.here();
            try {
                while (true) {
                    response.getOutputStream().write(new byte[20_000]);
                    response.flushBuffer();
                }
            } catch (IOException e) {
                request.getSession().setAttribute("after", "x");
                cart(request.getSession().getAttribute("cart")).add("bread");
                failed.countDown();
            }
        });

        hangUpDuring("/work");

        assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
        await().untilAsserted(
                        () -> assertThat(client.text(cluster.b(), "/names")).isEqualTo("after,before,cart"));
        assertThat(client.text(cluster.b(), "/get?name=cart")).isEqualTo("[bread]");
    }

    @Test
    void whileItsBodyIsRead_whatItChangesBehindTheFailure_isStored() throws Exception {
        cluster.on("/upload", (request, response) -> {
            request.getSession().setAttribute("before", "x");
            hold.here();
            try {
                request.getInputStream().readAllBytes();
            } catch (IOException e) {
                request.getSession().setAttribute("after", "x");
                failed.countDown();
                throw e;
            }
        });
        createCart();
        RawConnection connection = RawConnection.to(cluster.a());
        connection.send(RawConnection.request("POST", "/upload", client.requireSessionId())
                .replace("\r\n\r\n", "\r\nContent-Length: 100\r\n\r\n"));
        hold.awaitReached();
        connection.reset();
        hold.release();

        assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
        await().untilAsserted(
                        () -> assertThat(client.text(cluster.b(), "/names")).isEqualTo("after,before,cart"));
    }

    private void hangUpDuring(String path) {
        createCart();
        RawConnection connection = RawConnection.to(cluster.a());
        connection.send(RawConnection.request("GET", path, client.requireSessionId()));
        hold.awaitReached();
        connection.reset();
        hold.release();
    }

    private void createCart() {
        cluster.on("/create", (request, response) -> request.getSession().setAttribute("cart", new ArrayList<>()));
        client.text(cluster.a(), "/create");
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(Object attribute) {
        return (List<String>) attribute;
    }
}
