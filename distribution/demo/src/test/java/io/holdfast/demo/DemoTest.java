package io.holdfast.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole demo as it is shown: real processes, everything over HTTP through the front. */
class DemoTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> LOG = new CopyOnWriteArrayList<>();
    private static final Demo DEMO = new Demo(LOG::add);
    private static Demo.Running running;

    @BeforeAll
    static void start() {
        running = DEMO.start();
    }

    @AfterAll
    static void end() {
        DEMO.close();
    }

    @Test
    void experiments_holdfastLosesNothing_stockDoes() throws Exception {
        LOG.clear();

        HttpResponse<String> report = send("POST", "demo/run?requests=20&hold=50");

        assertThat(report.statusCode()).isEqualTo(200);
        assertThat(report.body())
                .containsPattern("1 overlapping requests.*\n +stock .*\n +holdfast +kept 20 of 20, lost 0\n")
                .containsPattern("2 cart.add.*\n +stock .*\n +holdfast +kept 20 of 20, lost 0\n")
                .containsPattern("3 logout on one node.*\n +stock .*\n +holdfast +kept 5 of 5, lost 0\n");
        assertThat(report.body())
                .as("were this to fail now and then, the page would say so, too: it is a matter of timing")
                .containsPattern("1 overlapping requests.*\n +stock +kept \\d+ of 20, lost [1-9]");
        assertThat(send("GET", "demo/results.txt").body()).isEqualTo(report.body());
        assertThat(LOG)
                .as("one entry for each experiment, and complaints of stock Tomcat only")
                .filteredOn(entry -> !entry.contains("[/stock]"))
                .hasSize(3);
        assertThat(send("GET", "demo/results.json").body())
                .startsWith(
                        "{\"running\":false,\"load\":{\"requests\":20,\"holdMillis\":50},\"experiments\":[{\"number\":1,")
                .contains("\"holdfast\":{\"state\":\"done\",\"sent\":20,\"kept\":20,\"lost\":[],\"refused\":0,")
                .contains("\"node\":\"A\"", "\"node\":\"B\"")
                .doesNotContain("\"state\":\"failed\"");
    }

    @Test
    void experiments_areVisibleWhileTheyRun_oneRunAtATime() throws Exception {
        CompletableFuture<HttpResponse<String>> first =
                HTTP.sendAsync(request("POST", "demo/run?experiment=1&requests=10&hold=150"), BodyHandlers.ofString());
        while (!send("GET", "demo/results.json").body().startsWith("{\"running\":true")) {
            assertThat(first).isNotDone();
        }

        assertThat(send("POST", "demo/run").statusCode()).isEqualTo(409);
        assertThat(first.join().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"experiment=4", "experiment=x", "requests=3", "requests=61", "hold=49", "hold=", "hold=1e2"})
    void run_withAnImpossibleValue_saysWhatIsPossible(String query) throws Exception {
        HttpResponse<String> answer = send("POST", "demo/run?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(query.substring(0, query.indexOf('=')), "give");
    }

    @Test
    void page_showsBothSides() throws Exception {
        HttpResponse<String> page = send("GET", "");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Stock Tomcat", "Holdfast");
        assertThat(List.of("page.js", "page.css", "stock.xml", "holdfast.xml"))
                .allSatisfy(part -> assertThat(send("GET", part).statusCode()).isEqualTo(200));
        assertThat(List.of("page", "demo/", "demo/run"))
                .allSatisfy(part -> assertThat(send("GET", part).statusCode()).isEqualTo(404));
    }

    @Test
    void front_takesTurns_andPassesCookiesAndPosts() throws Exception {
        HttpResponse<String> login = send("POST", "holdfast/login?user=ada");
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).startsWith("JSESSIONID=").contains("Path=/holdfast");

        HttpRequest post = HttpRequest.newBuilder(running.page().resolve("holdfast/add?hold=0"))
                .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("item=tea"))
                .build();
        assertThat(HTTP.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(200);

        HttpRequest look = HttpRequest.newBuilder(running.page().resolve("holdfast/session"))
                .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                .build();
        List<HttpResponse<String>> answers = IntStream.range(0, 4)
                .mapToObj(i -> HTTP.sendAsync(look, BodyHandlers.ofString()).join())
                .toList();
        assertThat(answers).extracting(HttpResponse::body).containsOnly("attribute cart\nattribute user\nitem tea");
        assertThat(answers)
                .extracting(answer -> answer.headers().firstValue("X-Demo-Node").orElseThrow())
                .isIn(List.of("A", "B", "A", "B"), List.of("B", "A", "B", "A"));
    }

    private static HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return HTTP.send(request(method, path), BodyHandlers.ofString());
    }

    private static HttpRequest request(String method, String path) {
        return HttpRequest.newBuilder(running.page().resolve(path))
                .method(method, BodyPublishers.noBody())
                .build();
    }
}
