package io.holdfast.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Collects the samples of one topic. */
final class SampleList {
    private final String topic;
    private final List<Sample> samples = new ArrayList<>();

    SampleList(String topic) {
        this.topic = topic;
    }

    /** A sample that {@link Portrait#of} describes. */
    SampleList add(String name, Supplier<Object> maker) {
        return add(name, maker, Portrait::of);
    }

    /** A sample whose order of elements matters although its interface does not tell: a wrapped linked set, say. */
    SampleList addInOrder(String name, Supplier<Object> maker) {
        return add(name, maker, Portrait::inOrder);
    }

    /** A sample that holds views of collections, which come back as collections of their own. */
    SampleList addView(String name, Supplier<Object> maker) {
        return add(name, maker, Portrait::byKind);
    }

    /** The same, of a hash table. */
    SampleList addUnorderedView(String name, Supplier<Object> maker) {
        return add(name, maker, Portrait::byKindUnordered);
    }

    SampleList add(String name, Supplier<Object> maker, Function<Object, String> portrait) {
        samples.add(new Sample(topic + ": " + name, maker, portrait));
        return this;
    }

    List<Sample> toList() {
        return List.copyOf(samples);
    }
}
