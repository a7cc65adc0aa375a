package io.holdfast.demo;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Where this process has its classes from, for child processes that are to run the same code. */
final class ClassPath {
    private ClassPath() {}

    /** The class path of these classes: Maven gives them a class loader of their own, a plain {@code java} does not. */
    static String ofThisProcess() {
        if (ClassPath.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(ClassPath::path).collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    private static String path(URL url) {
        return Path.of(URI.create(url.toString())).toString();
    }
}
