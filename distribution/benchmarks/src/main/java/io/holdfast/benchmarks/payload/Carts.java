package io.holdfast.benchmarks.payload;

import java.math.BigDecimal;

/** Fills the {@link Cart} of {@link Payload#CART}. */
final class Carts {
    private static final int LINES = 8;

    private Carts() {}

    static Cart make() {
        Shop shop = new Shop();
        Cart cart = new Cart("7c9e6679-7425-40de-944b-e07fc1f90ae7", shop.date(), new BigDecimal("7.90"));
        for (int i = 0; i < LINES; i++) {
            Product product = shop.product();
            cart.lines.add(new CartLine(
                    product.id, product.sku, product.title, 1 + shop.number(3), product.price, shop.date()));
        }
        cart.vouchers.put("WELCOME10", new BigDecimal("10.00"));
        Address home = new Address("Zoë Müller", "Bahnhofstrasse 12", "8001", "Zürich");
        cart.deliverTo = home;
        cart.invoiceTo = home;
        return cart;
    }
}
