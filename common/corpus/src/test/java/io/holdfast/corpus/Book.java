package io.holdfast.corpus;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.io.Serializable;

/** The many side of an association that is kept on both sides. */
@Entity
class Book implements Serializable {
    private static final long serialVersionUID = 1L;

    @Id
    int id;

    String title = "";

    @ManyToOne(fetch = FetchType.LAZY)
    Author author = new Author();

    @Override
    public String toString() {
        return "Book " + id + " " + title + " of " + author;
    }
}
