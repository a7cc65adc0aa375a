package io.holdfast.demo.node;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** A shopping cart as it is found in many sessions: a plain object that the application changes in place. */
final class Cart implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    private final ArrayList<String> items = new ArrayList<>();

    synchronized void add(String item) {
        items.add(item);
    }

    synchronized List<String> items() {
        return List.copyOf(items);
    }
}
