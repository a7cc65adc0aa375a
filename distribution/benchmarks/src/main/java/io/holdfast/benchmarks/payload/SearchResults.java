package io.holdfast.benchmarks.payload;

import java.util.ArrayList;
import java.util.List;

/** Fills the list of {@link Payload#RESULTS}. */
final class SearchResults {
    private static final int HITS = 500;

    private SearchResults() {}

    static List<SearchHit> make() {
        Shop shop = new Shop();
        List<SearchHit> hits = new ArrayList<>();
        for (int i = 0; i < HITS; i++) {
            SearchHit hit = new SearchHit(
                    1_000_000L + shop.number(1_000_000),
                    shop.title(),
                    shop.text(12),
                    shop.category(),
                    shop.price(),
                    shop.date());
            hit.formerPrice = i % 5 == 0 ? shop.price() : null;
            hit.score = 1.0 / (1 + i);
            hit.stock = shop.number(200);
            hit.tags.add("in-stock");
            if (i % 3 == 0) {
                hit.tags.add("bestseller");
            }
            hits.add(hit);
        }
        return hits;
    }
}
