package io.holdfast.benchmarks.heap;

import java.io.Serializable;

/** A small object that can be changed, as most that applications keep in sessions. */
final class Note implements Serializable {
    private static final long serialVersionUID = 1L;

    private String title;
    private String text;
    private int edits = 1;

    Note(String title, String text) {
        this.title = title;
        this.text = text;
    }

    /** Changes it. */
    void edit(String newTitle, String newText) {
        title = newTitle;
        text = newText;
        edits++;
    }

    @Override
    public String toString() {
        return title + " (" + edits + " edits): " + text;
    }
}
