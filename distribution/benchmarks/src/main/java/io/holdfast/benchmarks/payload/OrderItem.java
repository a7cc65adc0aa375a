package io.holdfast.benchmarks.payload;

import java.io.Serializable;
import java.math.BigDecimal;

/** One line of an {@link Order}. */
final class OrderItem implements Serializable {
    private static final long serialVersionUID = 1;

    Product product;
    int quantity;
    BigDecimal price;

    OrderItem(Product product, int quantity, BigDecimal price) {
        this.product = product;
        this.quantity = quantity;
        this.price = price;
    }
}
