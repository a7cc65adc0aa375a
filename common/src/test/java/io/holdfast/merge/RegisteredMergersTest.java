package io.holdfast.merge;

import static io.holdfast.merge.Merges.changed;
import static io.holdfast.merge.Merges.merge;
import static io.holdfast.merge.Merges.notes;
import static io.holdfast.merge.Merges.reason;
import static io.holdfast.merge.Merges.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.acme.shop.Cart;
import com.acme.shop.CartMerger;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Values that an application's mergers merge. */
class RegisteredMergersTest {
    private static final Mergers CARTS = mergers(CartMerger.class);

    interface Named {
        String name();
    }

    interface Priced {
        int price();
    }

    interface Discounted extends Priced {}

    static class Article implements Serializable, Named, Discounted {
        private static final long serialVersionUID = 1;
        String text;

        Article(String text) {
            this.text = text;
        }

        @Override
        public String name() {
            return text;
        }

        @Override
        public int price() {
            return 1;
        }
    }

    static final class Book extends Article {
        private static final long serialVersionUID = 1;

        Book(String text) {
            super(text);
        }
    }

    /** Says who merged. */
    abstract static class Marking<T> implements AttributeMerger<T> {
        private final Class<T> type;

        Marking(Class<T> type) {
            this.type = type;
        }

        @Override
        public Class<T> type() {
            return type;
        }

        @Override
        public T merge(T base, T ours, T theirs) {
            ((Article) (Object) ours).text = type.getSimpleName();
            return ours;
        }
    }

    public static final class OfBooks extends Marking<Book> {
        public OfBooks() {
            super(Book.class);
        }
    }

    public static final class OfArticles extends Marking<Article> {
        public OfArticles() {
            super(Article.class);
        }
    }

    public static final class OfNamed extends Marking<Named> {
        public OfNamed() {
            super(Named.class);
        }
    }

    public static final class OfPriced extends Marking<Priced> {
        public OfPriced() {
            super(Priced.class);
        }
    }

    public static final class OfDiscounted extends Marking<Discounted> {
        public OfDiscounted() {
            super(Discounted.class);
        }
    }

    public static final class OfObjects extends Marking<Object> {
        public OfObjects() {
            super(Object.class);
        }
    }

    /** Spoils what it is given, and then does as it is told. */
    abstract static class Spoiling implements AttributeMerger<Cart> {
        @Override
        public Class<Cart> type() {
            return Cart.class;
        }

        @Override
        public Cart merge(Cart base, Cart ours, Cart theirs) {
            for (Cart cart : List.of(base, ours, theirs)) {
                cart.add("spoilt", 1);
            }
            return end();
        }

        abstract Cart end();
    }

    public static final class Refusing extends Spoiling {
        @Override
        Cart end() {
            return null;
        }
    }

    public static final class Failing extends Spoiling {
        @Override
        Cart end() {
            throw new IllegalStateException("s3cret");
        }
    }

    /** Promises more than it holds. */
    abstract static class OfAnything<T> implements AttributeMerger<T> {
        @Override
        @SuppressWarnings("unchecked") // the point of it
        public T merge(T base, T ours, T theirs) {
            return (T) "text";
        }
    }

    public static final class Lying extends OfAnything<Cart> {
        @Override
        public Class<Cart> type() {
            return Cart.class;
        }
    }

    /** Keeps the higher of two numbers, where two nodes counted. */
    public static final class Highest implements AttributeMerger<AtomicInteger> {
        @Override
        public Class<AtomicInteger> type() {
            return AtomicInteger.class;
        }

        @Override
        public AtomicInteger merge(AtomicInteger base, AtomicInteger ours, AtomicInteger theirs) {
            return ours.get() > theirs.get() ? ours : theirs;
        }
    }

    private static Mergers mergers(Class<?>... types) {
        return Mergers.load(
                RegisteredMergersTest.class.getClassLoader(),
                Arrays.stream(types).map(Class::getName).toList());
    }

    private static Cart cart(String article, int number) {
        Cart cart = new Cart();
        cart.add(article, number);
        return cart;
    }

    private static <T> MergeResult mergeWith(Mergers mergers, T base, Consumer<T> ours, Consumer<T> theirs) {
        return merge(mergers, base, changed(base, ours), changed(base, theirs));
    }

    @Test
    void attributeOfItsType_isMerged() {
        Cart base = cart("book", 2);
        base.add("pen", 1);

        MergeResult result = mergeWith(
                CARTS,
                base,
                cart -> {
                    cart.add("book", 1);
                    cart.add("pen", -1);
                },
                cart -> {
                    cart.add("book", 1);
                    cart.add("cup", 1);
                });

        assertThat(value(result)).hasToString("{book=4, cup=1}");
        assertThat(notes(result)).isEmpty();
    }

    @Test
    void equalChanges_bothCount() {
        assertThat(value(mergeWith(CARTS, cart("book", 1), cart -> cart.add("book", 1), cart -> cart.add("book", 1))))
                .hasToString("{book=3}");
    }

    @Test
    void withoutABase_baseIsNull() {
        assertThat(value(merge(CARTS, null, cart("book", 1), cart("book", 2)))).hasToString("{book=3}");
    }

    @Test
    void valuesInMaps_areMergedToo() {
        Map<String, Cart> base = new HashMap<>(Map.of("mine", cart("book", 1), "gifts", cart("cup", 1)));

        MergeResult result = mergeWith(CARTS, base, map -> map.values().forEach(cart -> cart.add("pen", 1)), map -> {
            map.get("mine").add("pen", 2);
            map.put("new", cart("pen", 1));
        });

        assertThat(value(result)).asString().contains("mine={book=1, pen=3}", "gifts={cup=1, pen=1}", "new={pen=1}");
        assertThat(notes(result)).isEmpty();
    }

    @Test
    void mostSpecificType_decides() {
        Class<?>[] all = {
            OfObjects.class, OfPriced.class, OfDiscounted.class, OfArticles.class, OfNamed.class, OfBooks.class
        };
        assertThat(mergedBy(new Book("a"), all)).isEqualTo("Book");
        assertThat(mergedBy(new Article("a"), all)).isEqualTo("Article");
        assertThat(mergedBy(new Book("a"), OfObjects.class, OfPriced.class, OfArticles.class))
                .isEqualTo("Article");
        assertThat(mergedBy(new Book("a"), OfPriced.class, OfDiscounted.class, OfObjects.class))
                .isEqualTo("Discounted");
        assertThat(mergedBy(new Book("a"), OfObjects.class)).isEqualTo("Object");
        assertThat(reason(mergeWith(
                        mergers(OfNamed.class, OfPriced.class),
                        new Book("a"),
                        book -> book.text = "b",
                        book -> book.text = "c")))
                .isEqualTo("the mergers for " + Named.class.getName() + " and for " + Priced.class.getName()
                        + " both fit a " + Book.class.getName());
    }

    private static String mergedBy(Article base, Class<?>... types) {
        MergeResult result = mergeWith(mergers(types), base, book -> book.text = "b", book -> book.text = "c");
        return ((Article) value(result)).text;
    }

    @Test
    void valuesOfTwoClasses_needAMergerForBoth() {
        Mergers books = mergers(OfBooks.class);
        assertThat(reason(merge(books, null, new Book("a"), new Article("b"))))
                .isEqualTo("it is a " + Book.class.getName() + " here and a " + Article.class.getName() + " there");
        assertThat(value(merge(mergers(OfBooks.class, OfArticles.class), null, new Book("a"), new Article("b"))))
                .isInstanceOf(Book.class);
        assertThat(reason(merge(books, new Article("x"), new Book("a"), new Book("b"))))
                .isEqualTo("a " + Book.class.getName() + " replaced a " + Article.class.getName());
    }

    @Test
    void ownMerger_goesBeforeHoldfasts_unlessItIsMoreGeneral() {
        assertThat(value(merge(
                        mergers(Highest.class), new AtomicInteger(1), new AtomicInteger(2), new AtomicInteger(4))))
                .hasToString("4");
        assertThat(value(merge(mergers(OfObjects.class), Set.of(), new HashSet<>(Set.of(1)), new HashSet<>(Set.of(2)))))
                .isEqualTo(Set.of(1, 2));
    }

    @Test
    void mergerThatGivesNothing_orFails_isNamed() {
        Consumer<Cart> change = cart -> cart.add("book", 1);
        assertThat(reason(mergeWith(mergers(Refusing.class), cart("cup", 1), change, change)))
                .isEqualTo(Refusing.class.getName() + " says that it cannot be done");
        assertThat(reason(mergeWith(mergers(Failing.class), cart("cup", 1), change, change)))
                .isEqualTo(Failing.class.getName() + " failed with java.lang.IllegalStateException");
        assertThat(reason(mergeWith(mergers(Lying.class), cart("cup", 1), change, change)))
                .isEqualTo(Lying.class.getName() + " made a java.lang.String");
    }

    @Test
    void valueInAMapThatAMergerSpoiltAndRefused_isOursUnharmed() {
        Map<String, Cart> base = new HashMap<>(Map.of("mine", cart("book", 1)));

        MergeResult result = mergeWith(
                mergers(Failing.class),
                base,
                map -> map.get("mine").add("pen", 1),
                map -> map.get("mine").add("pen", 2));

        assertThat(value(result)).hasToString("{mine={book=1, pen=1}}");
        assertThat(notes(result))
                .containsExactly(
                        "1 of its keys was changed on both sides: the last write wins",
                        Failing.class.getName() + " failed with java.lang.IllegalStateException");
    }

    @Test
    void sideThatChangedNothing_needsNoMerger() {
        Mergers failing = mergers(Failing.class);
        assertThat(value(mergeWith(failing, cart("book", 1), cart -> {}, cart -> cart.add("pen", 1))))
                .hasToString("{book=1, pen=1}");
        assertThat(value(mergeWith(
                        failing,
                        new ArrayList<>(List.of(cart("book", 1))),
                        list -> list.add(cart("a", 1)),
                        list -> list.add(cart("b", 1)))))
                .hasToString("[{book=1}, {b=1}, {a=1}]");
    }
}
