package com.example.benchmark;

import java.io.Serializable;

/** A small object that can be changed, as most that applications keep in sessions; half of the attributes are such. */
public final class Note implements Serializable {
    private static final long serialVersionUID = 1L;

    private String title;
    private String text;
    private int edits;

    /**
     * A note of about that size.
     *
     * @param characters in title and text together; at least 16
     */
    Note(int characters) {
        title = Texts.fresh(16);
        text = Texts.fresh(Math.max(0, characters - 16));
        edits = 1;
    }

    /** Changes it. */
    public void edit(String newTitle, String newText) {
        title = newTitle;
        text = newText;
        edits++;
    }

    @Override
    public String toString() {
        return title + " (" + edits + " edits): " + text;
    }
}
