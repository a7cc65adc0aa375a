package io.holdfast.corpus;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** Loads all classes of the class path once more, as an application's loader does after a reload or on another node. */
final class OtherLoader implements AutoCloseable {
    private final URLClassLoader loader;
    private final Method portraitOf;

    OtherLoader() {
        loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
        try {
            Class<?> corpus = Class.forName(Corpus.class.getName(), true, loader);
            portraitOf = corpus.getDeclaredMethod("portraitOf", String.class, Object.class);
            portraitOf.setAccessible(true);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the class path cannot be loaded again", e);
        }
    }

    ClassLoader loader() {
        return loader;
    }

    /** What the portrait of that sample, as loaded by this loader, says of {@code value}. */
    String portraitOf(Sample sample, Object value) {
        try {
            return (String) portraitOf.invoke(null, sample.name(), value);
        } catch (InvocationTargetException e) {
            throw new AssertionError("no portrait of the decoded " + sample, e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URL[] classPath() {
        List<URL> urls = new ArrayList<>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            try {
                urls.add(new File(path).toURI().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalStateException(path, e);
            }
        }
        return urls.toArray(new URL[0]);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
