package io.holdfast.benchmarks.payload;

import java.io.Serializable;
import java.math.BigDecimal;

/** What was or may be bought; one object for all the orders and lists it is in. */
final class Product implements Serializable {
    private static final long serialVersionUID = 1;

    long id;
    String sku;
    String title;
    Category category;
    BigDecimal price;
    int weightGrams;

    Product(long id, String sku, String title, Category category, BigDecimal price, int weightGrams) {
        this.id = id;
        this.sku = sku;
        this.title = title;
        this.category = category;
        this.price = price;
        this.weightGrams = weightGrams;
    }
}
