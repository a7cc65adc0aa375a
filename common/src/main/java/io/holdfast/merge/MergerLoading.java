package io.holdfast.merge;

import io.holdfast.config.InvalidSettingException;
import io.holdfast.config.Setting;
import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Loads and checks the mergers of one application, or says why one of them cannot be used. */
final class MergerLoading {
    private static final String SERVICE_FILE = "META-INF/services/" + AttributeMerger.class.getName();

    private final ClassLoader loader;
    private final List<String> classNames;

    MergerLoading(ClassLoader loader, List<String> classNames) {
        this.loader = loader;
        this.classNames = classNames;
    }

    /** Says which class is wrong, and where it is named. */
    private interface Source {
        InvalidSettingException refusal(String className, String problem, @Nullable Throwable cause);
    }

    Collection<Registered<?>> all() {
        Map<Class<?>, Registered<?>> all = ofServices();
        all.putAll(ofSetting());
        return all.values();
    }

    private Map<Class<?>, Registered<?>> ofSetting() {
        Map<Class<?>, Registered<?>> found = new LinkedHashMap<>();
        for (String className : classNames) {
            add(found, load(className), this::refusalOfSetting);
        }
        return found;
    }

    private Map<Class<?>, Registered<?>> ofServices() {
        Map<Class<?>, Registered<?>> found = new LinkedHashMap<>();
        try {
            for (AttributeMerger<?> merger : ServiceLoader.load(AttributeMerger.class, loader)) {
                add(found, merger, MergerLoading::refusalOfServices);
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            String cause =
                    e.getCause() == null ? "" : " (" + e.getCause().getClass().getName() + ")";
            throw new InvalidSettingException(
                    "The service file " + SERVICE_FILE + " of the application is wrong: " + e.getMessage() + cause
                            + ". Correct or remove that entry.",
                    e);
        }
        return found;
    }

    private AttributeMerger<?> load(String className) {
        try {
            Class<?> type = Class.forName(className, true, loader);
            if (!AttributeMerger.class.isAssignableFrom(type)) {
                throw refusalOfSetting(
                        className,
                        "which is no " + AttributeMerger.class.getName()
                                + " (or one of another copy of Holdfast, in the application)",
                        null);
            }
            return (AttributeMerger<?>) type.getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw refusalOfSetting(className, "which the application does not have", e);
        } catch (NoSuchMethodException e) {
            throw refusalOfSetting(className, "which has no public constructor without parameters", e);
        } catch (InstantiationException e) {
            throw refusalOfSetting(className, "which is abstract", e);
        } catch (IllegalAccessException e) {
            throw refusalOfSetting(className, "which is not public", e);
        } catch (InvocationTargetException e) {
            Throwable failure = Failures.ofTheApplication(e.getCause() == null ? e : e.getCause());
            throw refusalOfSetting(
                    className,
                    "whose constructor failed with " + failure.getClass().getName(),
                    failure);
        } catch (LinkageError e) {
            throw refusalOfSetting(
                    className, "which does not link: " + e.getClass().getName(), e);
        }
    }

    private static <T> void add(Map<Class<?>, Registered<?>> found, AttributeMerger<T> merger, Source source) {
        String className = merger.getClass().getName();
        Class<T> type = typeOf(merger, source);
        Registered<?> other = found.put(type, new Registered<>(type, merger));
        if (other != null) {
            throw source.refusal(
                    className,
                    "which merges " + type.getName() + ", and so does "
                            + other.merger().getClass().getName(),
                    null);
        }
    }

    @SuppressWarnings("ConstantValue") // what applications promise is checked
    private static <T> Class<T> typeOf(AttributeMerger<T> merger, Source source) {
        String className = merger.getClass().getName();
        Class<T> type;
        try {
            type = merger.type();
        } catch (Throwable e) {
            Throwable failure = Failures.ofTheApplication(e);
            throw source.refusal(
                    className, "whose type() failed with " + failure.getClass().getName(), failure);
        }
        if (type == null || type.isPrimitive()) {
            throw source.refusal(className, "whose type() is " + type, null);
        }
        return type;
    }

    private InvalidSettingException refusalOfSetting(String className, String problem, @Nullable Throwable cause) {
        return Setting.ATTRIBUTE_MERGERS.refusal(
                String.join(", ", classNames), "names " + className + ", " + problem, cause);
    }

    private static InvalidSettingException refusalOfServices(
            String className, String problem, @Nullable Throwable cause) {
        return new InvalidSettingException(
                "The service file " + SERVICE_FILE + " of the application names " + className + ", " + problem
                        + ". Correct or remove that entry.",
                cause);
    }
}
