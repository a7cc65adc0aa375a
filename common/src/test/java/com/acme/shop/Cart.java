package com.acme.shop;

import java.io.Serializable;
import java.util.Set;
import java.util.TreeMap;

/** A cart as applications have them: its fields are its own business, and it defines no equals. */
public final class Cart implements Serializable {
    private static final long serialVersionUID = 1;

    private final TreeMap<String, Integer> quantities = new TreeMap<>();

    /** Articles in the cart. */
    public Set<String> articles() {
        return quantities.keySet();
    }

    /** How many of an article are in the cart. */
    public int quantity(String article) {
        return quantities.getOrDefault(article, 0);
    }

    /** Puts so many of an article into the cart, or takes them out. */
    public void add(String article, int number) {
        quantities.merge(article, number, Integer::sum);
        quantities.values().removeIf(quantity -> quantity <= 0);
    }

    @Override
    public String toString() {
        return quantities.toString();
    }
}
