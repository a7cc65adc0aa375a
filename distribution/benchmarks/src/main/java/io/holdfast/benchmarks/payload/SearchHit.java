package io.holdfast.benchmarks.payload;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of a search's result. */
@SuppressWarnings("serial") // its list is serializable
final class SearchHit implements Serializable {
    private static final long serialVersionUID = 1;

    long productId;
    String title;
    String description;
    Category category;
    BigDecimal price;

    @Nullable
    BigDecimal formerPrice;

    double score;
    int stock;
    Date availableFrom;
    List<String> tags = new ArrayList<>();

    SearchHit(
            long productId, String title, String description, Category category, BigDecimal price, Date availableFrom) {
        this.productId = productId;
        this.title = title;
        this.description = description;
        this.category = category;
        this.price = price;
        this.availableFrom = availableFrom;
    }
}
