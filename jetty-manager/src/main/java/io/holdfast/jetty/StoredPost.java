package io.holdfast.jetty;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form whose submission has to wait for a login.
 *
 * @param parts a mark, and for each field its name, the number of its values, and those
 */
record StoredPost(List<String> parts) {
    /** Begins the list of texts that is stored; no application has such a list by chance. */
    private static final String MARK = "io.holdfast.jetty.post/1";

    static StoredPost of(Fields form) {
        List<String> parts = new ArrayList<>();
        parts.add(MARK);
        for (Fields.Field field : form) {
            parts.add(field.getName());
            parts.add(String.valueOf(field.getValues().size()));
            parts.addAll(field.getValues());
        }
        return new StoredPost(parts);
    }

    /** Of the texts that were stored; null: they are something else. */
    static @Nullable StoredPost from(List<?> parts) {
        boolean stored =
                !parts.isEmpty() && MARK.equals(parts.get(0)) && parts.stream().allMatch(String.class::isInstance);
        return stored ? new StoredPost(parts.stream().map(String.class::cast).toList()) : null;
    }

    Fields restored() {
        Fields form = new Fields();
        int next = 1;
        while (next + 1 < parts.size()) {
            String name = parts.get(next);
            int end = next + 2 + Integer.parseInt(parts.get(next + 1));
            for (String value : parts.subList(next + 2, end)) {
                form.add(name, value);
            }
            next = end;
        }
        return form;
    }
}
