package com.example.notebook;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.objenesis.strategy.StdInstantiatorStrategy;

/** A session attribute that keeps each of its pages as bytes of the application's own Kryo. */
public final class Notebook implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<byte[]> pages = new ArrayList<>();

    void write(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Output output = new Output(bytes)) {
            kryo().writeObject(output, new Page(pages.size() + 1, text));
        }
        pages.add(bytes.toByteArray());
    }

    List<Page> read() {
        return pages.stream()
                .map(page -> kryo().readObject(new Input(page), Page.class))
                .toList();
    }

    private static Kryo kryo() {
        Kryo kryo = new Kryo();
        // A nested class until Kryo 4 and gone from there since: this line links with no other version.
        kryo.setInstantiatorStrategy(new Kryo.DefaultInstantiatorStrategy(new StdInstantiatorStrategy()));
        return kryo;
    }
}
