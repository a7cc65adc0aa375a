package io.holdfast.corpus;

import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Does with all parts of a value what applications do that only look at it. */
@SuppressWarnings({"JavaUtilDate", "ReturnValueIgnored"}) // applications use it; the point
final class ReadAccess {
    private ReadAccess() {}

    static void to(Object value) {
        for (Object part : Graph.reachable(value)) {
            try {
                read(part);
            } catch (StackOverflowError ignored) {
                // Hash code or text of a collection that contains itself: nothing to read there.
            }
        }
    }

    private static void read(Object part) {
        if (part instanceof Map<?, ?> map) {
            map.size();
            if (!Kind.isInOrderOfAccess(map)) {
                map.forEach((key, value) -> map.get(key));
            }
            map.keySet().forEach(String::valueOf);
            map.containsValue("nowhere");
        } else if (part instanceof Collection<?> collection) {
            collection.size();
            collection.contains(
                    collection.isEmpty() ? "nowhere" : collection.iterator().next());
            collection.stream().count();
            collection.toArray();
        } else if (part instanceof Calendar calendar) {
            calendar.get(Calendar.YEAR);
            calendar.getTime();
        } else if (part instanceof Date date) {
            date.before(new Date(0));
        } else if (part instanceof Throwable throwable) {
            throwable.getStackTrace();
        }
        if (part instanceof List<?> list && !list.isEmpty()) {
            list.get(list.size() - 1);
        }
        if (part instanceof Properties properties) {
            properties.getProperty("color");
        }
        part.toString();
        part.hashCode();
        part.equals("something else");
    }
}
