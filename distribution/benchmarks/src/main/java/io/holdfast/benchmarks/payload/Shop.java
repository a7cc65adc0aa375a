package io.holdfast.benchmarks.payload;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;

/**
 * The source of a shop's texts, prices and dates. The same each time, or the sizes would differ from run to run. Its words
 * are few, as those of one shop are, and some have letters outside ASCII, which take another path when encoded.
 */
final class Shop {
    private static final List<String> ADJECTIVES = List.of(
            "blue",
            "double-walled",
            "foldable",
            "handmade",
            "heavy",
            "large",
            "light",
            "organic",
            "red",
            "small",
            "stainless",
            "washable",
            "waterproof",
            "wooden");
    private static final List<String> THINGS = List.of(
            "bottle",
            "bread knife",
            "chair",
            "coffee grinder",
            "cup",
            "cushion",
            "desk lamp",
            "fondue caquelon",
            "jacket",
            "Käseglocke",
            "notebook",
            "plate",
            "rucksack",
            "saucepan",
            "scarf",
            "shelf",
            "towel",
            "vase");
    private static final List<String> CATEGORIES =
            List.of("Kitchen", "Tableware", "Office supplies", "Clothing", "Living room", "Outdoor");
    private static final long OPENED_MILLIS = 1_700_000_000_000L;
    private static final long MILLIS_PER_MINUTE = 60_000;

    private final Random random = new Random(42);
    private final List<Category> categories = new ArrayList<>();

    Shop() {
        for (String name : CATEGORIES) {
            categories.add(new Category(100 + categories.size(), name));
        }
    }

    int number(int bound) {
        return random.nextInt(bound);
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    Category category() {
        return oneOf(categories);
    }

    String title() {
        return oneOf(ADJECTIVES) + " " + oneOf(THINGS);
    }

    String sku() {
        return "SKU-" + (10_000 + random.nextInt(90_000)) + "-" + (char) ('A' + random.nextInt(26));
    }

    /** A sentence of about the given number of words. */
    String text(int words) {
        StringBuilder text = new StringBuilder("A ");
        for (int i = 0; i < words / 3; i++) {
            text.append(oneOf(ADJECTIVES)).append(", ").append(title()).append(' ');
        }
        return text.append("for every day.").toString();
    }

    BigDecimal price() {
        return BigDecimal.valueOf(95 + 5L * random.nextInt(4_000), 2);
    }

    @SuppressWarnings("JavaUtilDate") // what beans of that age have
    Date date() {
        return new Date(OPENED_MILLIS + MILLIS_PER_MINUTE * random.nextInt(1_000_000));
    }

    Product product() {
        return new Product(
                1_000_000L + random.nextInt(1_000_000), sku(), title(), category(), price(), 50 + number(5_000));
    }
}
