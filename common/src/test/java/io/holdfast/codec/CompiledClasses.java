package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/** Compiles classes while a test runs: one version of an application, as a web application's class loader has it. */
final class CompiledClasses {
    private CompiledClasses() {}

    /**
     * A new loader of classes compiled from {@code sources}, by simple name.
     *
     * @param directory empty; takes sources and classes
     */
    static URLClassLoader loader(Path directory, Map<String, String> sources) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", directory.toString()));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = directory.resolve(source.getKey() + ".java");
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0])))
                .as("result of the compiler")
                .isZero();
        return again(directory);
    }

    /** Another loader of the classes in {@code directory}, as after a reload of the application. */
    static URLClassLoader again(Path directory) throws MalformedURLException {
        URL[] path = {directory.toUri().toURL()};
        return new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
    }
}
