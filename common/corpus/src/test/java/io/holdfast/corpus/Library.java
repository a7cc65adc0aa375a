package io.holdfast.corpus;

import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/** A database in memory with one author and two books. */
final class Library {
    private static final SessionFactory FACTORY = filled();

    private Library() {}

    static Session open() {
        return FACTORY.openSession();
    }

    private static SessionFactory filled() {
        SessionFactory factory = new Configuration()
                .addAnnotatedClass(Author.class)
                .addAnnotatedClass(Book.class)
                .setProperty("hibernate.connection.url", "jdbc:h2:mem:library;DB_CLOSE_DELAY=-1")
                .setProperty("hibernate.hbm2ddl.auto", "create-only")
                .setProperty("hibernate.xml_mapping_enabled", "false")
                .buildSessionFactory();
        factory.inTransaction(Library::fill);
        return factory;
    }

    private static void fill(Session session) {
        Author author = new Author();
        author.id = 1;
        author.name = "Ann";
        author.drafts.addAll(List.of("first", "second"));
        author.prizes.addAll(List.of("Booker", "Hugo"));
        author.places.addAll(List.of("Rome", "Bern"));
        author.links.putAll(Map.of("site", "ann.example", "blog", "blog.example"));
        author.sales.putAll(Map.of("2023", 7, "2022", 3));
        session.persist(author);
        for (int i = 1; i <= 2; i++) {
            Book book = new Book();
            book.id = i;
            book.title = "Volume " + i;
            book.author = author;
            session.persist(book);
        }
    }
}
