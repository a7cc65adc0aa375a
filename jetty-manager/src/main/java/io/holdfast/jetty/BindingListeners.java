package io.holdfast.jetty;

import java.util.Set;

/**
 * Tells values that want to hear that they are bound to a session, without naming a type of the Servlet API: several versions
 * of it can be there at the same time, each in its own class loader.
 */
final class BindingListeners {
    private static final Set<String> NAMES =
            Set.of("jakarta.servlet.http.HttpSessionBindingListener", "javax.servlet.http.HttpSessionBindingListener");

    private static final ClassValue<Boolean> IS_LISTENER = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isListener(type);
        }
    };

    private BindingListeners() {}

    static boolean isBindingListener(Object value) {
        return IS_LISTENER.get(value.getClass());
    }

    private static boolean isListener(Class<?> type) {
        if (NAMES.contains(type.getName())) {
            return true;
        }
        for (Class<?> implemented : type.getInterfaces()) {
            if (isListener(implemented)) {
                return true;
            }
        }
        Class<?> parent = type.getSuperclass();
        return parent != null && isListener(parent);
    }
}
