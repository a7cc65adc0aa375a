package io.holdfast.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that a server has for itself. Every error with its files is an {@link UncheckedIOException}. */
public record Directory(Path path) {
    public Directory {
        path = path.toAbsolutePath();
    }

    /** An empty one; what a former run left there is deleted. */
    public static Directory fresh(Path path) {
        Directory directory = new Directory(path);
        directory.delete("");
        directory.create("");
        return directory;
    }

    /**
     * The only entry of a directory into which the build has unpacked an archive.
     *
     * @throws IllegalStateException if there is none or more than one; the message says what to do
     */
    public static Path unpacked(Path archive) {
        if (!Files.isDirectory(archive)) {
            throw new IllegalStateException("no " + archive + "; run mvn -Phttp-benchmarks as docs/benchmarks.md says");
        }
        try (Stream<Path> content = Files.list(archive)) {
            List<Path> entries = content.toList();
            if (entries.size() != 1) {
                throw new IllegalStateException(archive + " holds " + entries + "; run mvn clean");
            }
            return entries.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path resolve(String file) {
        return path.resolve(file);
    }

    public String read(String file) {
        try {
            return Files.readString(resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void write(String file, String text) {
        try {
            Path target = resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Replaces what is found first.
     *
     * @throws IllegalStateException if the file does not contain it
     */
    public void replace(String file, String old, String replacement) {
        String text = read(file);
        int at = text.indexOf(old);
        if (at < 0) {
            throw new IllegalStateException(file + " of " + path + " does not contain " + old);
        }
        write(file, text.substring(0, at) + replacement + text.substring(at + old.length()));
    }

    public void create(String name) {
        try {
            Files.createDirectories(resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a file, or a directory with all that is in it, if it is there. */
    public void delete(String name) {
        Path deleted = resolve(name);
        if (!Files.exists(deleted)) {
            return;
        }
        try (Stream<Path> files = Files.walk(deleted)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a file to that name. */
    public void copy(Path from, String to) {
        try {
            Path target = resolve(to);
            Files.createDirectories(target.getParent());
            Files.copy(from, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies all files that are in a directory, also deeper, into another one; "" is this one. */
    public void copyTree(Path from, String to) {
        String prefix = to.isEmpty() ? "" : to + "/";
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(Files::isRegularFile).forEach(file -> copy(file, prefix + from.relativize(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds all that is in a ZIP file. */
    public void unzip(Path zip) {
        try (FileSystem content = FileSystems.newFileSystem(zip)) {
            copyTree(content.getPath("/"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
