package io.holdfast.benchmarks.payload;

import java.util.function.Supplier;

/** The values the benchmarks encode. The sizes are those of Holdfast's encoding. */
public enum Payload {
    /**
     * About 1 KB: a cart of 8 lines of strings, dates, numbers and {@code BigDecimal}s, and one address that is both
     * the delivery's and the invoice's.
     */
    CART("Cart, 1 KB", Carts::make),

    /**
     * About 10 KB: a graph of some 350 beans around a logged-in customer. 50 orders lead back to their customer and share
     * 60 products, 6 categories and 2 addresses; there are enums, a sorted set, nested lists and maps of mixed values.
     */
    ACCOUNT("Customer account, 10 KB", Accounts::make),

    /**
     * About 100 KB: a list of 500 hits with titles and sentences, as applications keep it that look up all results at once
     * and then show them page by page.
     */
    RESULTS("Search results, 100 KB", SearchResults::make);

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // the makers have no state
    private final Supplier<Object> maker;

    Payload(String title, Supplier<Object> maker) {
        this.title = title;
        this.maker = maker;
    }

    /** How tables call it. */
    public String title() {
        return title;
    }

    /** A new one, equal to all others that are made of it. */
    public Object make() {
        return maker.get();
    }
}
