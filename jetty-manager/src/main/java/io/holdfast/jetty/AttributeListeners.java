package io.holdfast.jetty;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.session.SessionManager;
import org.jspecify.annotations.Nullable;

/**
 * Whether a web application has listeners that want to see values of session attributes that are overwritten. Jetty tells nobody,
 * and keeps them in a field of that name in each Servlet environment; in ee8 and ee9 the session manager is an inner object of
 * what has the field.
 */
final class AttributeListeners {
    private static final String FIELD = "_sessionAttributeListeners";
    private static final String OUTER = "this$0";

    private AttributeListeners() {}

    /** Asked for each value that is overwritten; true if it cannot be found out. */
    static BooleanSupplier of(SessionManager manager) {
        Collection<?> listeners = find(manager);
        return listeners == null ? () -> true : () -> !listeners.isEmpty();
    }

    private static @Nullable Collection<?> find(Object manager) {
        Object listeners = field(manager, FIELD);
        Object outer = listeners == null ? field(manager, OUTER) : null;
        Object found = outer == null ? listeners : field(outer, FIELD);
        return found instanceof Collection<?> collection ? collection : null;
    }

    private static @Nullable Object field(Object object, String name) {
        Class<?> type = object.getClass();
        while (type != null
                && Arrays.stream(type.getDeclaredFields())
                        .noneMatch(field -> field.getName().equals(name))) {
            type = type.getSuperclass();
        }
        try {
            Field field = type == null ? null : type.getDeclaredField(name);
            if (field != null) {
                field.setAccessible(true);
            }
            return field == null ? null : field.get(object);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
