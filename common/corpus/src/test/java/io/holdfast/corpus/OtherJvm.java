package io.holdfast.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The other JVM of {@link OtherJvmTest}: reads the corpus in the directory it is given, and stores it again. */
final class OtherJvm {
    private OtherJvm() {}

    public static void main(String[] arguments) throws Exception {
        List<String> failures = new ArrayList<>();
        new StoredCorpus(Path.of(arguments[0])).read(failures);
        failures.forEach(System.out::println);
        System.exit(failures.isEmpty() ? 0 : 1);
    }
}
