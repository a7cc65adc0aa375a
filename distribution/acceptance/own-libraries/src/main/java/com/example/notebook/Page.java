package com.example.notebook;

/** A page as Kryo 4 can read it: it knows no records. */
final class Page {
    private final int number;
    private final String text;

    Page(int number, String text) {
        this.number = number;
        this.text = text;
    }

    @Override
    public String toString() {
        return number + ": " + text;
    }
}
