package com.acme.shop;

import io.holdfast.merge.AttributeMerger;
import java.util.Set;
import java.util.TreeSet;

/** Merges carts: what both put in is in, what both took out is out. */
public final class CartMerger implements AttributeMerger<Cart> {
    @Override
    public Class<Cart> type() {
        return Cart.class;
    }

    @Override
    public Cart merge(Cart base, Cart ours, Cart theirs) {
        Cart before = base == null ? new Cart() : base;
        Set<String> articles = new TreeSet<>(ours.articles());
        articles.addAll(before.articles());
        for (String article : articles) {
            theirs.add(article, ours.quantity(article) - before.quantity(article));
        }
        return theirs;
    }
}
