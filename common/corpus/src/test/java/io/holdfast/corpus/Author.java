package io.holdfast.corpus;

import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hibernate.annotations.SortNatural;

/** An entity with a collection of each kind that Hibernate wraps. */
@Entity
@SuppressWarnings("serial") // what they hold is serializable
class Author implements Serializable {
    private static final long serialVersionUID = 1L;

    @Id
    int id;

    String name = "";

    @OneToMany(mappedBy = "author")
    List<Book> books = new ArrayList<>();

    @ElementCollection
    @OrderColumn
    List<String> drafts = new ArrayList<>();

    @ElementCollection
    Set<String> prizes = new HashSet<>();

    @ElementCollection
    @SortNatural
    SortedSet<String> places = new TreeSet<>();

    @ElementCollection
    Map<String, String> links = new HashMap<>();

    @ElementCollection
    @SortNatural
    SortedMap<String, Integer> sales = new TreeMap<>();

    @Override
    public String toString() {
        return "Author " + id + " " + name;
    }
}
