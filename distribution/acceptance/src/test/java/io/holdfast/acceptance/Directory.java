package io.holdfast.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A directory in which a server is installed, and the files in it by their relative names. */
record Directory(Path path) {
    /** What the build has put there to be installed. */
    static final Path INSTALLED = Path.of("target", "installed");

    private static final Path NODES = Path.of(System.getProperty("nodes", "target/nodes"));

    /** An empty one, whatever a former run left there. */
    static Directory fresh(String name) {
        Path path = NODES.resolve(name).toAbsolutePath();
        deleteTree(path);
        create(path);
        return new Directory(path);
    }

    /** Where the build has unpacked a distribution, which is the only thing there; not to be changed. */
    static Path unpacked(String name) {
        Path unpackedInto = Path.of("target", name);
        if (!Files.isDirectory(unpackedInto)) {
            throw new AssertionError("run the tests by `mvn verify`, which unpacks " + name);
        }
        List<Path> versions = list(unpackedInto);
        if (versions.size() != 1) {
            throw new AssertionError(unpackedInto + " holds " + versions + "; run `mvn clean verify`");
        }
        return versions.get(0).toAbsolutePath();
    }

    Path resolve(String file) {
        return path.resolve(file);
    }

    /** Copies a whole directory's content into this one. */
    void copyTree(Path from) {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> copy(file, path.resolve(from.relativize(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void create(String directory) {
        create(resolve(directory));
    }

    void copy(Path from, String to) {
        copy(from, resolve(to));
    }

    /** Unpacks a zip file here, as {@code unzip} does. */
    void unzip(Path zip) {
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream content = new ZipInputStream(file)) {
            for (ZipEntry entry = content.getNextEntry(); entry != null; entry = content.getNextEntry()) {
                Path target = path.resolve(entry.getName()).normalize();
                if (!target.startsWith(path)) {
                    throw new AssertionError(zip + " has " + entry.getName());
                }
                if (entry.isDirectory()) {
                    create(target);
                } else {
                    create(target.getParent());
                    Files.copy(content, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the first occurrence. */
    void replace(String file, String old, String replacement) {
        String text = read(file);
        int at = text.indexOf(old);
        if (at < 0) {
            throw new AssertionError(file + " of " + path + " does not contain " + old);
        }
        write(file, text.substring(0, at) + replacement + text.substring(at + old.length()));
    }

    String read(String file) {
        try {
            return Files.readString(resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String file, String text) {
        try {
            create(resolve(file).getParent());
            Files.writeString(resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> list(Path directory) {
        try (Stream<Path> content = Files.list(directory)) {
            return content.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void deleteTree(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            create(to.getParent());
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
