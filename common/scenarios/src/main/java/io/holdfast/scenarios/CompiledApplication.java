package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/** Classes that only the class loader of a web application has, compiled while a test runs. */
public final class CompiledApplication {
    private CompiledApplication() {}

    /** Compiles one source file into {@code WEB-INF/classes} of {@code folder}. */
    public static void compile(Path folder, String fileName, String source) throws IOException {
        Path file = Files.writeString(folder.resolve(fileName), source);
        Path classes = Files.createDirectories(folder.resolve("WEB-INF/classes"));
        String[] arguments = {"-proc:none", "-d", classes.toString(), file.toString()};
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments))
                .as("result of the compiler")
                .isZero();
    }
}
