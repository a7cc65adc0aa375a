package io.holdfast.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is inside the one file, and what must not be. */
class JarContentTest {
    private static final String LICENSES = "META-INF/licenses/";

    private JarFile jar;

    @BeforeEach
    void open() throws IOException {
        jar = new JarFile("target/installed/holdfast-tomcat.jar");
    }

    @AfterEach
    void close() throws IOException {
        jar.close();
    }

    @Test
    void classes_areAllInHoldfastsPackages() {
        assertThat(names().filter(name -> name.endsWith(".class"))).allMatch(name -> name.startsWith("io/holdfast/"));
    }

    @Test
    void classes_ofHoldfast_nameNoServletApi() {
        List<String> own = names().filter(JarContentTest::isOwnClass).toList();
        assertThat(own).contains("io/holdfast/tomcat/RedisSessionManager.class");
        assertThat(own).allSatisfy(name -> assertThat(text(name)).doesNotContain("javax/servlet", "jakarta/servlet"));
    }

    @Test
    void classes_ofHoldfast_nameTheMovedLibrariesOnly() {
        Pattern unmoved = Pattern.compile("(?<!io/holdfast/shaded/)(io/netty/|io/lettuce/|com/esotericsoftware/)");
        assertThat(names().filter(JarContentTest::isOwnClass))
                .allSatisfy(name -> assertThat(text(name)).doesNotContainPattern(unmoved));
    }

    @Test
    void serviceFiles_offerNothingToApplications() {
        assertThat(names().filter(name -> name.startsWith("META-INF/services/") && !name.endsWith("/")))
                .allMatch(name -> name.startsWith("META-INF/services/io.holdfast.shaded."))
                .allSatisfy(name ->
                        assertThat(text(name).lines()).allMatch(line -> line.startsWith("io.holdfast.shaded.")));
    }

    @Test
    void modulesAndVersionsForOtherJvms_areLeftOut() throws IOException {
        assertThat(names()).noneMatch(name -> name.startsWith("META-INF/versions/"));
        assertThat(names()).noneMatch(name -> name.endsWith("module-info.class"));
        assertThat(names()).noneMatch(name -> name.startsWith("META-INF/native-image/"));
        assertThat(jar.getManifest().getMainAttributes().getValue("Multi-Release"))
                .isNull();
    }

    @Test
    void licences_ofAllThatIsInside_areInside() {
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
        assertThat(text("META-INF/NOTICE")).startsWith("Holdfast");
        String contents = text(LICENSES + "CONTENTS.txt");
        assertThat(groups("([\\w.-]+:[\\w.-]+):jar:[^:]+:compile", text(LICENSES + "VERSIONS.txt")))
                .filteredOn(artifact -> !artifact.startsWith("io.holdfast:"))
                .hasSizeGreaterThan(10)
                .allSatisfy(artifact -> assertThat(contents).contains("\n" + artifact + " "));
        assertThat(groups("([\\w-]+/[\\w.]+)", contents.substring(contents.indexOf("\n\n"))))
                .hasSizeGreaterThan(10)
                .allSatisfy(file -> assertThat(text(LICENSES + file)).isNotBlank());
    }

    @Test
    void pom_asksForNothingElse() {
        assertThat(text("META-INF/maven/io.holdfast/holdfast-tomcat/pom.xml")).doesNotContain("<dependency>");
    }

    private Stream<String> names() {
        return jar.stream().map(JarEntry::getName);
    }

    private static boolean isOwnClass(String name) {
        return name.endsWith(".class") && !name.startsWith("io/holdfast/shaded/");
    }

    /** Class files are read as Latin-1: names in them are ASCII. */
    private String text(String name) {
        JarEntry entry = jar.getJarEntry(name);
        assertThat(entry).as(name).isNotNull();
        try (var content = jar.getInputStream(entry)) {
            return new String(content.readAllBytes(), name.endsWith(".class") ? ISO_8859_1 : UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> groups(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
