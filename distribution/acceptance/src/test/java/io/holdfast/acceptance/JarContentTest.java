package io.holdfast.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is inside the one file for each container, and what must not be. */
@ParameterizedClass(name = "{0}")
@EnumSource
class JarContentTest {
    private static final String LICENSES = "META-INF/licenses/";

    /** By which Jetty finds what reads its properties; applications do not see it. */
    private static final String FOR_JETTY = "META-INF/services/org.eclipse.jetty.xml.ConfigurationProcessorFactory";

    private final Container container;
    private JarFile jar;

    JarContentTest(Container container) {
        this.container = container;
    }

    @BeforeEach
    void open() throws IOException {
        jar = new JarFile(container.jar().toFile());
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
        assertThat(own).contains(container.mainClass);
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
        assertThat(names().filter(name -> name.startsWith("META-INF/services/") && !name.endsWith("/"))
                        .filter(name -> container != Container.JETTY || !name.equals(FOR_JETTY)))
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
        assertThat(groups(
                        "(?s)<dependency>(.*?)</dependency>",
                        text("META-INF/maven/io.holdfast/" + container.artifact + "/pom.xml")))
                .allMatch(dependency -> dependency.contains("<scope>test</scope>"));
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

    /** Where Holdfast runs. */
    enum Container {
        TOMCAT("holdfast-tomcat", "io/holdfast/tomcat/RedisSessionManager.class"),
        JETTY("holdfast-jetty", "io/holdfast/jetty/HoldfastSessionDataStoreFactory.class");

        private final String artifact;
        private final String mainClass;

        Container(String artifact, String mainClass) {
            this.artifact = artifact;
            this.mainClass = mainClass;
        }

        private Path jar() {
            if (this == TOMCAT) {
                return Directory.INSTALLED.resolve("holdfast-tomcat.jar");
            }
            Directory overlay = Directory.fresh("overlay");
            overlay.unzip(Directory.INSTALLED.resolve("holdfast-jetty.zip"));
            return overlay.resolve("lib/holdfast/holdfast-jetty.jar");
        }
    }
}
