package io.holdfast.demo.front;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes records, lists, strings, numbers, booleans and enums as JSON; nothing else is needed here. */
final class Json {
    private static final int FIRST_PRINTABLE = 0x20;

    private Json() {}

    static String of(Object value) {
        if (value instanceof Record r) {
            return Arrays.stream(r.getClass().getRecordComponents())
                    .map(component -> quote(component.getName()) + ":" + of(read(r, component)))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Json::of).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        return quote(value instanceof Enum<?> e ? e.name().toLowerCase(Locale.ROOT) : value.toString());
    }

    private static Object read(Record from, RecordComponent component) {
        try {
            return component.getAccessor().invoke(from);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    private static String quote(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < FIRST_PRINTABLE) {
                json.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
