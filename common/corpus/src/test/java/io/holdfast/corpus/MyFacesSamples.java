package io.holdfast.corpus;

import static io.holdfast.corpus.LibrarySample.sample;
import static io.holdfast.corpus.Portraits.text;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.ExternalContextWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.FacesContextWrapper;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.myfaces.config.webparameters.MyfacesConfig;

/** The views that MyFaces keeps in sessions, in classes of which none is public. */
final class MyFacesSamples {
    private static final String PACKAGE = "org.apache.myfaces.application.viewstate.";

    private MyFacesSamples() {}

    static List<LibrarySample<?>> all() {
        return List.of(sample("MyFaces SerializedViewCollection", MyFacesSamples::views, MyFacesSamples::describe)
                .changedBy(views -> put(views, key(1, 3), key(1, 2), "third")));
    }

    private static Object views() {
        Object views = construct(type("SerializedViewCollection"));
        put(views, key(1, 1), null, new Object[] {null, new HashMap<>(Map.of("form:name", "Ann"))});
        put(views, key(1, 2), key(1, 1), new Object[] {null, null});
        invoke(
                views,
                "putLastWindowKey",
                List.of(FacesContext.class, String.class, type("SerializedViewKey")),
                context(),
                "window",
                key(1, 2));
        return views;
    }

    private static String describe(Object views) {
        List<Class<?>> key = List.of(type("SerializedViewKey"));
        return text(invoke(views, "get", key, key(1, 1)))
                + text(invoke(views, "get", key, key(1, 2)))
                + text(invoke(views, "get", key, key(1, 3)))
                + invoke(views, "getLastWindowKey", List.of(FacesContext.class, String.class), context(), "window")
                        .equals(key(1, 2));
    }

    private static void put(Object views, Object key, Object previousKey, Object state) {
        Class<?> keyType = type("SerializedViewKey");
        invoke(
                views,
                "put",
                List.of(FacesContext.class, Object.class, keyType, keyType, String.class, Consumer.class),
                context(),
                state,
                key,
                previousKey,
                "scope",
                (Consumer<String>) scope -> {});
    }

    /** Has nothing but the defaults of how many views are kept. */
    @SuppressWarnings("unchecked") // the API's own wrapper
    private static FacesContext context() {
        Map<String, Object> application = new HashMap<>();
        application.put(MyfacesConfig.class.getName(), new MyfacesConfig());
        ExternalContext external = new ExternalContextWrapper(null) {
            @Override
            public Map<String, Object> getApplicationMap() {
                return application;
            }
        };
        return new FacesContextWrapper(null) {
            @Override
            public ExternalContext getExternalContext() {
                return external;
            }
        };
    }

    private static Object key(int view, int sequence) {
        return construct(type("SerializedViewKeyIntInt"), view, sequence);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(PACKAGE + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object construct(Class<?> type, Object... arguments) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object invoke(Object object, String name, List<Class<?>> parameters, Object... arguments) {
        try {
            Method method = object.getClass().getDeclaredMethod(name, parameters.toArray(new Class<?>[0]));
            method.setAccessible(true);
            return method.invoke(object, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
