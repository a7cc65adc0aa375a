package io.holdfast.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No class file of this module may name a package of the Servlet API, which is {@code javax.servlet} on Tomcat 9.0 and
 * {@code jakarta.servlet} on the others: one jar serves them all.
 */
class ServletNamesTest {
    private static final List<String> FORBIDDEN =
            List.of("javax/servlet", "jakarta/servlet", "javax.servlet", "jakarta.servlet");

    @Test
    void noClassOfTheModule_namesTheServletApi() throws Exception {
        List<String> found = new ArrayList<>();
        List<Path> classes = classesOfTheModule();
        for (Path file : classes) {
            try (InputStream in = Files.newInputStream(file)) {
                servletNamesIn(in).forEach(name -> found.add(file.getFileName() + ": " + name));
            }
        }

        assertThat(classes).hasSizeGreaterThan(10);
        assertThat(found).isEmpty();
    }

    @Test
    void classThatNamesTheServletApi_isFoundOut() throws Exception {
        assertThat(servletNamesIn(Offenders.InADescriptor.class))
                .contains("(Ljakarta/servlet/http/HttpServletRequest;)V");
        assertThat(servletNamesIn(Offenders.InAText.class)).contains("javax.servlet.error.exception");
        assertThat(servletNamesIn(Offenders.InAThrowsClause.class)).contains("jakarta/servlet/ServletException");
    }

    /** Classes as they must not be. */
    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // their class files are read
    private static final class Offenders {
        static final class InADescriptor {
            void take(HttpServletRequest request) {}
        }

        static final class InAText {
            static final String NAME = "javax.servlet.error.exception";
        }

        static final class InAThrowsClause {
            void fail() throws ServletException {}
        }
    }

    private static List<Path> classesOfTheModule() throws IOException, URISyntaxException {
        Path root = Path.of(RedisSessionManager.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }

    private static List<String> servletNamesIn(Class<?> type) throws IOException {
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
            return servletNamesIn(in);
        }
    }

    private static List<String> servletNamesIn(InputStream classFile) throws IOException {
        return textsIn(new DataInputStream(classFile)).stream()
                .filter(text -> FORBIDDEN.stream().anyMatch(text::contains))
                .toList();
    }

    /** The texts of a constant pool: names, descriptors, signatures and string literals (JVM specification, 4.4). */
    private static List<String> textsIn(DataInputStream in) throws IOException {
        assertThat(in.readInt()).as("magic").isEqualTo(0xCAFEBABE);
        in.readInt(); // version
        List<String> texts = new ArrayList<>();
        int count = in.readUnsignedShort();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.add(in.readUTF());
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.readInt();
                case 5, 6 -> {
                    in.readLong();
                    i++; // long and double take two places
                }
                case 7, 8, 16, 19, 20 -> in.readUnsignedShort();
                case 15 -> {
                    in.readUnsignedByte();
                    in.readUnsignedShort();
                }
                default -> throw new IOException("unknown tag " + tag + " in the constant pool");
            }
        }
        return texts;
    }
}
