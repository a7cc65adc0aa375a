package io.holdfast.benchmarks.payload;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A shopping cart: changed in place by most requests of a buyer, so the attribute whose cost is felt most. */
@SuppressWarnings("serial") // its list and map are serializable
final class Cart implements Serializable {
    private static final long serialVersionUID = 1;

    String id;
    Date created;
    String currency = "CHF";
    List<CartLine> lines = new ArrayList<>();
    Map<String, BigDecimal> vouchers = new HashMap<>();

    @Nullable
    Address deliverTo;

    @Nullable
    Address invoiceTo;

    BigDecimal shippingCost;
    boolean giftWrap;

    Cart(String id, Date created, BigDecimal shippingCost) {
        this.id = id;
        this.created = created;
        this.shippingCost = shippingCost;
    }
}
