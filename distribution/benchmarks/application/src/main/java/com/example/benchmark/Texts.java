package com.example.benchmark;

import java.util.concurrent.ThreadLocalRandom;

/** Texts that are cheap to make and differ from each other. */
final class Texts {
    private static final String FILLER = "The quick brown fox jumps over the lazy dog, and nobody knows why. ";
    private static final int RADIX = 36;

    private Texts() {}

    /** Of so many characters; those in front are random. */
    static String fresh(int characters) {
        StringBuilder text = new StringBuilder(characters + FILLER.length());
        text.append(Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), RADIX));
        while (text.length() < characters) {
            text.append(FILLER);
        }
        text.setLength(characters);
        return text.toString();
    }
}
