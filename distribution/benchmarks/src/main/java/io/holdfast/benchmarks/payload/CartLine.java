package io.holdfast.benchmarks.payload;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** One line of a {@link Cart}. */
final class CartLine implements Serializable {
    private static final long serialVersionUID = 1;

    long productId;
    String sku;
    String title;
    int quantity;
    BigDecimal unitPrice;
    BigDecimal vatRate;
    Date added;

    @Nullable
    String note;

    CartLine(long productId, String sku, String title, int quantity, BigDecimal unitPrice, Date added) {
        this.productId = productId;
        this.sku = sku;
        this.title = title;
        this.quantity = quantity;
        this.unitPrice = unitPrice;
        this.vatRate = new BigDecimal("8.1");
        this.added = added;
    }
}
