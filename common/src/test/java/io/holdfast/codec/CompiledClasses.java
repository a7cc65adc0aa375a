package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Classes compiled while a test runs: one release of an application. Each run of the compiler takes its time, so tests put
 * many classes into one, and many changes into one pair of releases (see {@link TwoReleases}).
 */
final class CompiledClasses {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** Shared and never closed: to open the JDK's own classes takes longer than to compile a few others. */
    private static final JavaFileManager JDK =
            COMPILER.getStandardFileManager(problem -> {}, Locale.ROOT, java.nio.charset.StandardCharsets.UTF_8);

    private static final List<String> OPTIONS = List.of("-proc:none", "-Xlint:none", "-classpath", "");

    private final Map<String, byte[]> byName;

    private CompiledClasses(Map<String, byte[]> byName) {
        this.byName = byName;
    }

    /** Compiles {@code sources}; each may hold several classes, public ones too. */
    static synchronized CompiledClasses of(Collection<String> sources) {
        InMemory output = new InMemory();
        StringWriter complaints = new StringWriter();
        List<Source> units = sources.stream().map(Source::new).toList();
        boolean compiled = COMPILER.getTask(
                        complaints, output, problem -> complaints.append(problem + "\n"), OPTIONS, null, units)
                .call();
        assertThat(compiled).as(() -> "compiled: " + complaints).isTrue();
        return new CompiledClasses(output.bytes());
    }

    /** A new class loader of these classes and the JDK's, as a web application has after each start. */
    ClassLoader loader() {
        return new Loader(byName);
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> byName;

        Loader(Map<String, byte[]> byName) {
            super(ClassLoader.getPlatformClassLoader());
            this.byName = byName;
        }

        @Override
        protected Class<?> findClass(String className) throws ClassNotFoundException {
            byte[] bytes = byName.get(className);
            if (bytes == null) {
                throw new ClassNotFoundException(className);
            }
            return defineClass(className, bytes, 0, bytes.length);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("memory:///Source.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return kind == Kind.SOURCE;
        }
    }

    private static final class Output extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Output(String className) {
            super(URI.create("memory:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, Output> outputs = new ConcurrentHashMap<>();

        InMemory() {
            super(JDK);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return outputs.computeIfAbsent(className, Output::new);
        }

        Map<String, byte[]> bytes() {
            Map<String, byte[]> bytes = new ConcurrentHashMap<>();
            outputs.forEach((className, output) -> bytes.put(className, output.bytes.toByteArray()));
            return bytes;
        }
    }
}
