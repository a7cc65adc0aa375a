package io.holdfast.corpus;

import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.session.EncodedValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The corpus in a directory, one file a sample: the flags in the first byte, then the payload. */
final class StoredCorpus {
    private static final KryoAttributeCodec CODEC =
            new KryoAttributeCodec(StoredCorpus.class.getClassLoader(), value -> false);

    private final Path directory;

    StoredCorpus(Path directory) {
        this.directory = directory;
    }

    /** Stores what the samples make. */
    void write() throws IOException {
        for (Sample sample : Corpus.all()) {
            write(sample, CODEC.encode(sample.maker().get()));
        }
    }

    /**
     * Reads all that another JVM has stored, compares it with what the samples make here, and looks for changes.
     *
     * @param failures takes what is wrong, by sample
     */
    void read(List<String> failures) throws IOException {
        for (Sample sample : Corpus.all()) {
            Object decoded = CODEC.decode(read(sample));
            String expected = sample.portrait().apply(sample.maker().get());
            String found = sample.portrait().apply(decoded);
            if (!found.equals(expected)) {
                failures.add(sample + ": read " + found + " instead of " + expected);
            }
            EncodedValue baseline = CODEC.encode(decoded);
            Corpus.read(sample, decoded);
            if (!KnownLimits.changesWhenFirstRead(sample)
                    && !CODEC.encode(decoded).equals(baseline)) {
                failures.add(sample + ": reported as changed");
            }
            write(sample, baseline);
        }
    }

    private Path file(Sample sample) {
        return directory.resolve(Corpus.all().indexOf(sample) + ".bin");
    }

    private void write(Sample sample, EncodedValue encoded) throws IOException {
        byte[] bytes = new byte[encoded.size() + 1];
        bytes[0] = (byte) encoded.flags();
        System.arraycopy(encoded.payload(), 0, bytes, 1, encoded.size());
        Files.write(file(sample), bytes);
    }

    private EncodedValue read(Sample sample) throws IOException {
        byte[] bytes = Files.readAllBytes(file(sample));
        return new EncodedValue(bytes[0], Arrays.copyOfRange(bytes, 1, bytes.length));
    }
}
