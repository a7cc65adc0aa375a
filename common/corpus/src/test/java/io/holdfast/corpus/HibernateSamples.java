package io.holdfast.corpus;

import static io.holdfast.corpus.LibrarySample.sample;
import static io.holdfast.corpus.Portraits.listed;
import static io.holdfast.corpus.Portraits.shared;
import static io.holdfast.corpus.Portraits.sorted;
import static io.holdfast.corpus.Portraits.text;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.proxy.HibernateProxy;

/** Entities and collections of Hibernate as they are once the session that loaded them is closed. */
final class HibernateSamples {
    private HibernateSamples() {}

    static List<LibrarySample<?>> all() {
        return List.of(
                sample(
                                "Hibernate entity with a PersistentBag",
                                () -> load(HibernateSamples::withBooks),
                                author -> author.name
                                        + listed(author.books)
                                        + state(author.books)
                                        + shared(author, author.books.get(0).author))
                        .changedBy(author -> author.books.get(1).title = "Changed"),
                sample(
                                "Hibernate PersistentBag",
                                () -> load(session -> withBooks(session).books),
                                books -> listed(books) + state(books))
                        .changedBy(books -> books.remove(0)),
                sample(
                                "Hibernate PersistentList",
                                () -> load(session -> opened(author(session).drafts)),
                                drafts -> listed(drafts) + state(drafts))
                        .changedBy(drafts -> drafts.add(0, "preface")),
                sample(
                                "Hibernate PersistentSet",
                                () -> load(session -> opened(author(session).prizes)),
                                prizes -> sorted(prizes) + state(prizes))
                        .changedBy(prizes -> prizes.add("Nobel")),
                sample(
                                "Hibernate PersistentSortedSet",
                                () -> load(session -> opened(author(session).places)),
                                places -> listed(places) + state(places))
                        .changedBy(places -> places.add("Aarhus")),
                sample(
                                "Hibernate PersistentMap",
                                () -> load(session -> opened(author(session).links)),
                                links -> sorted(links.entrySet()) + state(links))
                        .changedBy(links -> links.put("site", "none")),
                sample(
                                "Hibernate PersistentSortedMap",
                                () -> load(session -> opened(author(session).sales)),
                                sales -> listed(sales.entrySet()) + state(sales))
                        .changedBy(Map::clear),
                sample(
                                "Hibernate entity, nothing opened",
                                () -> load(HibernateSamples::author),
                                author ->
                                        author.name + state(author.books) + state(author.drafts) + state(author.links))
                        .changedBy(author -> author.name = "Other"),
                sample(
                        "Hibernate proxy, not opened",
                        () -> load(session -> new Object[] {session.getReference(Author.class, 1)}),
                        HibernateSamples::describeProxy),
                // Stores itself as the entity it stands for.
                sample(
                                "Hibernate proxy, opened",
                                () -> load(HibernateSamples::openedProxy),
                                array -> Hibernate.unproxy(array[0]).toString())
                        .changedBy(array -> ((Author) Hibernate.unproxy(array[0])).name = "Other"));
    }

    private static <T> T load(Function<Session, T> query) {
        try (Session session = Library.open()) {
            return query.apply(session);
        }
    }

    private static Author author(Session session) {
        return session.find(Author.class, 1);
    }

    private static Author withBooks(Session session) {
        Author author = author(session);
        opened(author.books);
        return author;
    }

    private static <C> C opened(C collection) {
        Hibernate.initialize(collection);
        return collection;
    }

    private static Object[] openedProxy(Session session) {
        Author proxy = session.getReference(Author.class, 1);
        Hibernate.initialize(proxy);
        return new Object[] {proxy};
    }

    private static String describeProxy(Object[] array) {
        var initializer = ((HibernateProxy) array[0]).getHibernateLazyInitializer();
        return initializer.getEntityName() + initializer.getIdentifier() + initializer.isUninitialized();
    }

    private static String state(Object wrapper) {
        PersistentCollection<?> collection = (PersistentCollection<?>) wrapper;
        return " " + collection.getClass().getSimpleName() + collection.getRole() + collection.getKey()
                + (collection.wasInitialized() ? " opened " : " not opened ")
                + (collection.isDirty() ? " dirty " : " clean ") + text(collection.getStoredSnapshot());
    }
}
