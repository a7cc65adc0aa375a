package io.holdfast.demo.experiment;

import io.holdfast.demo.node.ShopApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Items go into the cart one after the other, each through whichever node's turn it is, by {@code cart.add(item)} and without
 * {@code setAttribute}. The first quarter is on its own: nothing overlaps, so a session store that works at all keeps it.
 * During each of the others the same visitor looks at another page on the other node, which reads the cart and changes
 * something else.
 */
final class CartInPlace implements Experiment {
    private static final int ALONE = 4;

    @Override
    public String title() {
        return "cart.add(item) without setAttribute, while another page is looked at";
    }

    @Override
    public void run(Visitors visitors, Load load, Course course) {
        Visitor visitor = visitors.logIn("grace");
        List<Attempt> additions = IntStream.rangeClosed(1, load.requests())
                .mapToObj(i -> course.plan(Integer.toString(i)))
                .toList();
        for (int i = 0; i < additions.size(); i++) {
            boolean alone = i < additions.size() / ALONE;
            add(additions.get(i), visitor, load, alone ? List.of() : List.of(course.planAside("view")));
        }

        Set<String> found = Aftermath.seenBy(visitor).onAllNodes();
        additions.forEach(addition -> addition.decide(found.contains(ShopApi.ITEM + addition.label())));
    }

    private static void add(Attempt addition, Visitor visitor, Load load, List<Attempt> views) {
        String item = "?item=" + addition.label() + "&hold=";
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        answers.add(addition.send(visitor, "POST", "/add" + item + load.someHold()));
        views.forEach(view -> answers.add(view.send(visitor, "GET", "/view" + item + load.someHold())));
        CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new)).join();
    }
}
