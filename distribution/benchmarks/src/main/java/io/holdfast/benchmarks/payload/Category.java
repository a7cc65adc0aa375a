package io.holdfast.benchmarks.payload;

import java.io.Serializable;

/** A group of products; one object for all of them. */
final class Category implements Serializable {
    private static final long serialVersionUID = 1;

    int id;
    String name;
    String path;

    Category(int id, String name) {
        this.id = id;
        this.name = name;
        this.path = "/catalogue/" + name.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
    }
}
