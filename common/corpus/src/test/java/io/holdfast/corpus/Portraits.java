package io.holdfast.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts about parts of values, of which none depends on hash tables' order, identity hash codes or class loaders. */
final class Portraits {
    private Portraits() {}

    /** The elements in their order. */
    static String listed(Iterable<?> elements) {
        return texts(elements).toString();
    }

    /** The elements in no order. */
    static String sorted(Iterable<?> elements) {
        List<String> texts = texts(elements);
        Collections.sort(texts);
        return texts.toString();
    }

    /** Whether something is the very object that a library shares, or that stands elsewhere in the value. */
    @SuppressWarnings("ReferenceEquality") // whether it is the same object
    static String shared(@Nullable Object one, @Nullable Object other) {
        return one == other ? " (the shared one)" : " (a copy)";
    }

    private static List<String> texts(Iterable<?> elements) {
        List<String> texts = new ArrayList<>();
        elements.forEach(element -> texts.add(text(element)));
        return texts;
    }

    /** Tells {@code "1"} from {@code 1}, and looks into what has no text of its own. */
    static String text(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        String type = value instanceof String ? "" : value.getClass().getSimpleName();
        if (value instanceof Object[] array) {
            return type + listed(Arrays.asList(array));
        }
        if (value instanceof byte[] bytes) {
            return type + Arrays.toString(bytes);
        }
        if (value instanceof Map<?, ?> map) {
            return type + sorted(map.entrySet());
        }
        if (value instanceof Map.Entry<?, ?> entry) {
            return text(entry.getKey()) + "=" + text(entry.getValue());
        }
        if (value instanceof Collection<?> elements) {
            return type + (value instanceof List ? listed(elements) : sorted(elements));
        }
        return type.isEmpty() ? (String) value : type + "(" + value + ")";
    }
}
