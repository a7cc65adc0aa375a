package io.holdfast.demo.experiment;

import io.holdfast.demo.node.ShopApi;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * All requests leave at once, each sets an attribute that no other one touches. A page that loads its parts in parallel does
 * the same.
 */
final class OwnAttributes implements Experiment {
    @Override
    public String title() {
        return "overlapping requests, each sets its own attribute";
    }

    @Override
    public void run(Visitors visitors, Load load, Course course) {
        Visitor visitor = visitors.logIn("ada");
        List<Attempt> updates = IntStream.rangeClosed(1, load.requests())
                .mapToObj(i -> course.plan(Integer.toString(i)))
                .toList();
        CompletableFuture<?>[] answers = updates.stream()
                .map(update ->
                        update.send(visitor, "POST", "/set?name=" + attribute(update) + "&hold=" + load.someHold()))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(answers).join();

        Set<String> found = Aftermath.seenBy(visitor).onAllNodes();
        updates.forEach(update -> update.decide(found.contains(ShopApi.ATTRIBUTE + attribute(update))));
    }

    private static String attribute(Attempt update) {
        return "part-" + update.label();
    }
}
