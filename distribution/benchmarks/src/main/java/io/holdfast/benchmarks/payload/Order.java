package io.holdfast.benchmarks.payload;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** A past order of a {@link CustomerAccount}. */
@SuppressWarnings("serial") // its list is serializable
final class Order implements Serializable {
    private static final long serialVersionUID = 1;

    enum Status {
        PAID,
        SENT,
        RETURNED
    }

    CustomerAccount customer;
    String number;
    Date placed;
    Status status;
    Address deliveredTo;
    List<OrderItem> items = new ArrayList<>();
    BigDecimal total;

    Order(CustomerAccount customer, String number, Date placed, Status status, Address deliveredTo) {
        this.customer = customer;
        this.number = number;
        this.placed = placed;
        this.status = status;
        this.deliveredTo = deliveredTo;
        this.total = BigDecimal.ZERO;
    }

    void add(OrderItem item) {
        items.add(item);
        total = total.add(item.price.multiply(BigDecimal.valueOf(item.quantity)));
    }
}
