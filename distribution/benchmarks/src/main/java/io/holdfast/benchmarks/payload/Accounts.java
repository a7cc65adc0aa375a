package io.holdfast.benchmarks.payload;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Fills the {@link CustomerAccount} of {@link Payload#ACCOUNT}. */
final class Accounts {
    private static final int PRODUCTS = 60;
    private static final int ORDERS = 50;
    private static final int MAX_ITEMS = 8;

    private Accounts() {}

    static CustomerAccount make() {
        Shop shop = new Shop();
        CustomerAccount account = new CustomerAccount(
                4_711_235L, "zoe.mueller@example.com", "Zoë Müller", LocalDate.of(1984, 5, 17), shop.date());
        account.rating = 4.25;
        account.roles.addAll(List.of("customer", "newsletter", "reviewer"));
        account.addresses.add(new Address("Zoë Müller", "Bahnhofstrasse 12", "8001", "Zürich"));
        account.addresses.add(new Address("Example AG, Zoë Müller", "Industriestrasse 4b", "3012", "Bern"));
        account.preferences.put("locale", Locale.GERMANY);
        account.preferences.put("rowsPerPage", 50);
        account.preferences.put("showPricesWithoutVat", false);
        account.preferences.put("lastCategories", new ArrayList<>(List.of(101, 103, 105)));
        List<Product> products = new ArrayList<>();
        for (int i = 0; i < PRODUCTS; i++) {
            products.add(shop.product());
        }
        account.wishLists.put("Birthday", new ArrayList<>(products.subList(0, 6)));
        account.wishLists.put("Some day", new ArrayList<>(products.subList(4, 14)));
        for (int i = 0; i < ORDERS; i++) {
            account.orders.add(order(shop, account, products));
        }
        return account;
    }

    private static Order order(Shop shop, CustomerAccount account, List<Product> products) {
        Order order = new Order(
                account,
                "2026-" + (100_000 + shop.number(900_000)),
                shop.date(),
                shop.oneOf(List.of(Order.Status.values())),
                shop.oneOf(account.addresses));
        int items = 1 + shop.number(MAX_ITEMS);
        for (int i = 0; i < items; i++) {
            Product product = shop.oneOf(products);
            order.add(new OrderItem(product, 1 + shop.number(3), product.price));
        }
        return order;
    }
}
