package io.holdfast.tomcat;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import org.apache.catalina.session.StandardSession;

/**
 * The few types of the Servlet API that have to be known, looked up by the name this Tomcat has for them. The package is
 * read off the interface that Tomcat's own session class implements.
 */
final class ServletTypes {
    private static final String PACKAGE = Arrays.stream(StandardSession.class.getInterfaces())
            .filter(type -> type.getSimpleName().equals("HttpSession"))
            .map(Class::getPackageName)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("StandardSession of this Tomcat is no HttpSession"));

    private static final Class<?> BINDING_LISTENER = type("HttpSessionBindingListener");
    private static final Class<?> ATTRIBUTE_LISTENER = type("HttpSessionAttributeListener");
    private static final Class<?> COOKIE = type("Cookie");
    private static final Class<?> REQUEST_LISTENER = named(servletPackage() + ".ServletRequestListener");

    private ServletTypes() {}

    /** Name of the request attribute that holds the exception an error page is for. */
    static String errorExceptionAttribute() {
        return servletPackage() + ".error.exception";
    }

    /** Whether an attribute value wants to hear that it is bound to a session. */
    static boolean isBindingListener(Object value) {
        return BINDING_LISTENER.isInstance(value);
    }

    /** Whether an application listener wants to hear of session attributes. */
    static boolean isAttributeListener(Object listener) {
        return ATTRIBUTE_LISTENER.isInstance(listener);
    }

    /** Whether an application listener hears of each request before its authenticator does. */
    static boolean isRequestListener(Object listener) {
        return REQUEST_LISTENER.isInstance(listener);
    }

    /** The type of a cookie. */
    static Class<?> cookieType() {
        return COOKIE;
    }

    static Object newCookie(String name, String value) {
        try {
            return COOKIE.getConstructor(String.class, String.class).newInstance(name, value);
        } catch (ReflectiveOperationException e) {
            throw unusable(e);
        }
    }

    /** Calls {@code getName} or {@code getValue} of a cookie. */
    static String cookieProperty(Object cookie, String getter) {
        try {
            return String.valueOf(COOKIE.getMethod(getter).invoke(cookie));
        } catch (ReflectiveOperationException e) {
            throw unusable(e);
        }
    }

    static IllegalStateException unusable(ReflectiveOperationException e) {
        Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
        return new IllegalStateException("This Tomcat's Servlet API is not as expected: " + cause, e);
    }

    private static String servletPackage() {
        return PACKAGE.substring(0, PACKAGE.lastIndexOf('.'));
    }

    private static Class<?> type(String simpleName) {
        return named(PACKAGE + "." + simpleName);
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name, false, StandardSession.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw unusable(e);
        }
    }
}
