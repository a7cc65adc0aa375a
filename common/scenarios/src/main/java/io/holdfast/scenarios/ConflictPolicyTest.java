package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.merge.AttributeMerger;
import io.holdfast.scenarios.Client.Answer;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code conflictPolicy}: what becomes of an attribute that requests on two nodes wrote at the same time. */
@Tag(EveryEnvironment.TAG)
class ConflictPolicyTest extends ConfiguredNodes {
    private final Hold hold = new Hold();

    @Test
    void byDefault_bothChangesAreKept_andTheNextRequestsSeeThem() {
        start(node -> {});

        assertThat(overlap("/slow-add?item=ours", "/add?item=theirs").status()).isEqualTo(200);

        assertThat(client.text(cluster.a(), "/cart")).isEqualTo("{first=1, ours=1, theirs=1}");
        assertThat(client.text(cluster.b(), "/cart")).isEqualTo("{first=1, ours=1, theirs=1}");
        assertThat(cluster.a().application().conflictsByAttribute()).isEqualTo("{cart=1}");
        assertThat(cluster.a().count(Figure.MERGED_CONFLICTS)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 503})
    void fail_endsTheLaterRequestWithTheStatusThatIsSet_andStoresNothingOfIt(int status) {
        start(node -> {
            node.set("conflictPolicy", "merge; cart=fail");
            node.set("conflictStatus", String.valueOf(status));
        });

        Answer answer = overlap("/slow-add?item=ours&other=x", "/add?item=theirs");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains("try again").doesNotContain("added");
        assertThat(client.text(cluster.a(), "/cart")).isEqualTo("{first=1, theirs=1}");
        assertThat(client.text(cluster.b(), "/cart")).isEqualTo("{first=1, theirs=1}");
        assertThat(client.text(cluster.a(), "/get?name=other")).isEqualTo("null");
        client.text(cluster.a(), "/add?item=again");
        assertThat(client.text(cluster.b(), "/cart")).isEqualTo("{again=1, first=1, theirs=1}");
    }

    @Test
    void fail_whenTheResponseBegins_isToldInstead() {
        start(node -> node.set("conflictPolicy", "cart=fail"));

        assertThat(overlap("/slow-add?item=ours&flush=after", "/add?item=theirs")
                        .status())
                .isEqualTo(409);
        assertThat(client.text(cluster.b(), "/cart")).isEqualTo("{first=1, theirs=1}");
    }

    @Test
    void fail_afterTheResponseHasBegun_isCountedAndStoresNothing() {
        start(node -> node.set("conflictPolicy", "cart=fail"));

        assertThat(overlap("/slow-add?item=ours&flush=before", "/add?item=theirs")
                        .status())
                .isEqualTo(200);

        Awaitility.await().until(() -> cluster.a().count(Figure.FAILED_COMMITS) == 1);
        assertThat(client.text(cluster.a(), "/cart")).isEqualTo("{first=1, theirs=1}");
        assertThat(client.text(cluster.b(), "/cart")).isEqualTo("{first=1, theirs=1}");
    }

    @Test
    void firstWriteWins_keepsTheirs() {
        start(node -> node.set("conflictPolicy", "first-write-wins"));

        assertThat(overlap("/slow-add?item=ours&other=x", "/add?item=theirs").status())
                .isEqualTo(200);

        assertThat(client.text(cluster.a(), "/cart")).isEqualTo("{first=1, theirs=1}");
        assertThat(client.text(cluster.b(), "/get?name=other")).isEqualTo("x");
    }

    @Test
    void lastWriteWins_keepsOurs() {
        start(node -> node.set("conflictPolicy", "last-write-wins"));

        assertThat(overlap("/slow-add?item=ours", "/add?item=theirs").status()).isEqualTo(200);

        assertThat(client.text(cluster.a(), "/cart")).isEqualTo("{first=1, ours=1}");
        assertThat(client.text(cluster.b(), "/cart")).isEqualTo("{first=1, ours=1}");
    }

    @Test
    void mergerOfTheApplication_mergesItsOwnType() {
        start(node -> node.set("attributeMergers", SumOfMoney.class.getName()));
        cluster.on("/pay", (request, response) -> {
            Money money = (Money) request.getSession().getAttribute("money");
            if (request.getParameter("slow") != null) {
                hold.here();
            }
            int cents = Integer.parseInt(request.getParameter("cents"));
            request.getSession().setAttribute("money", new Money((money == null ? 0 : money.cents()) + cents));
        });
        client.text(cluster.a(), "/pay?cents=100");

        overlap("/pay?slow=true&cents=20", "/pay?cents=3");

        assertThat(client.text(cluster.a(), "/get?name=money")).isEqualTo("Money[cents=123]");
        assertThat(client.text(cluster.b(), "/get?name=money")).isEqualTo("Money[cents=123]");
    }

    @Test
    void journal_tellsNodesAndPathsOfBothRequests() {
        Iterator<String> names = List.of("node-A", "node-B").iterator();
        start(node -> node.set("nodeName", names.next()));
        overlap("/slow-add;x=1?item=ours", "/add?item=theirs");

        String stream = "holdfast:" + cluster.namespace() + ":conflicts";
        Awaitility.await().until(() -> records.send("XLEN", stream).number() == 1);
        List<String> entry = records.send("XRANGE", stream, "-", "+")
                .elements()
                .get(0)
                .elements()
                .get(1)
                .texts();
        assertThat(entry)
                .containsSequence("attribute", "cart", "class", HashMap.class.getName(), "policy", "merge")
                .containsSequence("outcome", "merged", "node", "node-A", "uri", "/app/slow-add")
                .containsSequence("otherNode", "node-B", "otherUri", "/app/add");
    }

    private void start(Consumer<Node> setUp) {
        use(Cluster.start(setUp));
        cluster.on("/add", (request, response) -> {
                    cart(request.getSession().getAttribute("cart")).put(request.getParameter("item"), 1);
                    response.getWriter().print("added");
                })
                .on("/slow-add", (request, response) -> {
                    Map<String, Integer> cart = cart(request.getSession().getAttribute("cart"));
                    if ("before".equals(request.getParameter("flush"))) {
                        response.flushBuffer();
                    }
                    hold.here();
                    cart.put(request.getParameter("item"), 1);
                    if (request.getParameter("other") != null) {
                        request.getSession().setAttribute("other", request.getParameter("other"));
                    }
                    response.getWriter().print("added");
                    if ("after".equals(request.getParameter("flush"))) {
                        response.flushBuffer();
                    }
                })
                .on("/create", (request, response) -> {
                    request.getSession().setAttribute("cart", new HashMap<>(Map.of("first", 1)));
                })
                .on(
                        "/cart",
                        (request, response) -> response.getWriter()
                                .print(new TreeMap<>(cart(request.getSession().getAttribute("cart")))));
        client.text(cluster.a(), "/create");
    }

    /** Has a request on node A read the session, then another on B change it, and A's request go on. */
    private Answer overlap(String onA, String onB) {
        CompletableFuture<Answer> slow = client.start(cluster.a(), onA);
        hold.awaitReached();
        client.text(cluster.b(), onB);
        hold.release();
        return Client.await(slow);
    }

    @SuppressWarnings("unchecked") // set by these tests
    private static Map<String, Integer> cart(Object attribute) {
        return (Map<String, Integer>) attribute;
    }

    /** A value of an application's own that nothing but its merger can merge. */
    record Money(int cents) implements Serializable {}

    /** Adds up what both sides paid. */
    public static final class SumOfMoney implements AttributeMerger<Money> {
        @Override
        public Class<Money> type() {
            return Money.class;
        }

        @Override
        public Money merge(@Nullable Money base, Money ours, Money theirs) {
            return new Money(ours.cents() + theirs.cents() - (base == null ? 0 : base.cents()));
        }
    }
}
