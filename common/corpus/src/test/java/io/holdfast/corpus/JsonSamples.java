package io.holdfast.corpus;

import static io.holdfast.corpus.LibrarySample.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.List;

/** JSON trees of Jackson, which write themselves as JSON. Those of JSON.org and Gson are not serializable. */
final class JsonSamples {
    private JsonSamples() {}

    static List<LibrarySample<?>> all() {
        return List.of(
                sample("Jackson ObjectNode", JsonSamples::order, JsonSamples::describe)
                        .changedBy(order -> order.withObject("/customer").put("name", "Eve")),
                sample("Jackson ArrayNode", () -> order().withArray("/lines"), JsonSamples::describe)
                        .changedBy(ArrayNode::removeAll),
                sample("Jackson TextNode", () -> TextNode.valueOf("text"), JsonSamples::describe),
                sample("Jackson NullNode", NullNode::getInstance, JsonSamples::describe),
                sample(
                        "Jackson BigIntegerNode",
                        () -> BigIntegerNode.valueOf(BigInteger.TEN.pow(30)),
                        JsonSamples::describe));
    }

    private static ObjectNode order() {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.put("id", 4_711).put("total", 12.5).putNull("note").put("paid", true);
        order.putObject("customer").put("name", "Ann");
        order.putArray("lines").add("b").add(1L).addObject().put("a", 1);
        return order;
    }

    private static String describe(JsonNode node) {
        return node.getNodeType() + " " + node;
    }
}
