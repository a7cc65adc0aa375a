package io.holdfast.corpus;

import java.beans.PropertyChangeEvent;
import java.beans.PropertyChangeListener;
import java.beans.PropertyChangeSupport;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Whole session attributes as legacy applications have them. */
@SuppressWarnings({"serial", "JavaUtilDate", "JdkObsolete", "unused"}) // what applications hold
final class ApplicationSamples {
    record Article(String number, String title, BigDecimal price) implements Serializable {}

    static final class Line implements Serializable {
        private static final long serialVersionUID = 1;
        private final Article article;
        private int quantity;
        private final Cart cart;
        private Date added = new Date(1_000);

        Line(Cart cart, Article article, int quantity) {
            this.cart = cart;
            this.article = article;
            this.quantity = quantity;
        }
    }

    static final class Cart implements Serializable {
        private static final long serialVersionUID = 1;
        private final Map<String, Line> lines = new LinkedHashMap<>();
        private final Set<String> coupons = new LinkedHashSet<>();
        private @Nullable Line last;
        private transient @Nullable BigDecimal total;

        Cart add(Article article, int quantity) {
            last = new Line(this, article, quantity);
            lines.put(article.number(), last);
            return this;
        }
    }

    enum Role {
        USER,
        EDITOR,
        ADMIN
    }

    static class User implements Serializable {
        private static final long serialVersionUID = 1;
        private String login = "ada";
        private Set<Role> roles = new HashSet<>(List.of(Role.USER, Role.ADMIN));
        private Map<Role, Set<String>> rights = new EnumMap<>(Map.of(Role.EDITOR, new HashSet<>(List.of("edit"))));
        private Hashtable<String, Object> settings = new Hashtable<>(Map.of("page size", 20, "theme", "dark"));
        private Vector<String> history = new Vector<>(List.of("/home", "/cart"));
        private Date lastLogin = new Date(2_000);
        private Locale locale = Locale.CANADA_FRENCH;
        private AtomicInteger failures = new AtomicInteger(1);
        private @Nullable User supervisor;
    }

    /** A bean with listeners, as the Java Beans of old. */
    static final class Form implements Serializable {
        private static final long serialVersionUID = 1;
        private final PropertyChangeSupport listeners = new PropertyChangeSupport(this);
        private String name = "form";

        Form listeningTo(PropertyChangeListener listener) {
            listeners.addPropertyChangeListener(listener);
            return this;
        }
    }

    static final class LogListener implements PropertyChangeListener, Serializable {
        private static final long serialVersionUID = 1;
        private int heard;

        @Override
        public void propertyChange(PropertyChangeEvent event) {
            heard++;
        }
    }

    static final class Wizard implements Serializable {
        enum Step {
            ADDRESS,
            PAYMENT,
            CONFIRMATION
        }

        private static final long serialVersionUID = 1;
        private Step step = Step.PAYMENT;
        private final Map<Step, Map<String, String[]>> inputs = new TreeMap<>();
        private final List<Step> done = new ArrayList<>(List.of(Step.ADDRESS));
        private final Map<String, List<String>> errors = new ConcurrentHashMap<>();
        private byte[] upload = {1, 2, 3};
        private boolean dirty;

        Wizard() {
            inputs.put(Step.ADDRESS, new HashMap<>(Map.of("city", new String[] {"Bern"}, "tags", new String[] {"a", "b"
            })));
            inputs.put(Step.PAYMENT, new HashMap<>());
            errors.put("card", new ArrayList<>(List.of("missing")));
        }
    }

    private ApplicationSamples() {}

    static List<Sample> all() {
        return new SampleList("application")
                .add("shopping cart", ApplicationSamples::cart)
                .add("user with roles", User::new)
                .add("user with supervisor", () -> {
                    User user = new User();
                    user.supervisor = new User();
                    user.supervisor.supervisor = user.supervisor;
                    return user;
                })
                .add("wizard", Wizard::new)
                .add("form with property change support", () -> new Form().listeningTo(new LogListener()))
                .add("map of maps of lists, of a portal", ApplicationSamples::portal)
                .add("query result, 200 rows", ApplicationSamples::rows)
                .toList();
    }

    private static Cart cart() {
        Article book = new Article("b-1", "Book", new BigDecimal("12.90"));
        return new Cart()
                .add(book, 1)
                .add(new Article("p-2", "Pen", new BigDecimal("3.00")), 10)
                .add(new Article("b-3", "Book", book.price()), 2);
    }

    private static Object portal() {
        Map<String, Map<Integer, List<Object>>> windows = new Hashtable<>();
        for (String window : List.of("news", "mail", "calendar")) {
            Map<Integer, List<Object>> states = new HashMap<>();
            for (int i = 0; i < 5; i++) {
                states.put(i, new Vector<>(List.of(window, i, new Date(i), new String[] {"p", "" + i})));
            }
            windows.put(window, states);
        }
        return windows;
    }

    private static Object rows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("ID", (long) i);
            row.put("NAME", "name " + i % 7);
            row.put("CHANGED", TimeSamples.timestamp(i));
            row.put("AMOUNT", BigDecimal.valueOf(i, 2));
            row.put("NOTE", null);
            rows.add(row);
        }
        return rows;
    }
}
