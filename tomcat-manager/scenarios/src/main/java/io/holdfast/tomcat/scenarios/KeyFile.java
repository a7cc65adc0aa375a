package io.holdfast.tomcat.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** A file of encryption keys, which a test changes under running nodes; they read it when they start. */
final class KeyFile {
    /** Id of the key that every test begins with. */
    static final String OLD_ID = "key-of-last-year";

    static final String NEW_ID = "key-of-this-year";

    /** Lines of a key file. */
    static final String OLD = OLD_ID + "=" + randomBytes(32);

    static final String NEW = NEW_ID + "=" + randomBytes(32);

    private final Path path;

    KeyFile(Path directory, String... lines) {
        path = directory.resolve("session-keys");
        write(lines);
    }

    void write(String... lines) {
        try {
            Files.writeString(path, String.join("\n", lines));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Value of the setting encryptionKeys. */
    String setting() {
        return "file:" + path;
    }

    /** Random bytes in Base64. */
    static String randomBytes(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
