package io.holdfast.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** A file of encryption keys, which a test changes under running nodes; they read it when they start. */
public final class KeyFile {
    /** Id of the key that every test begins with. */
    public static final String OLD_ID = "key-of-last-year";

    public static final String NEW_ID = "key-of-this-year";

    /** Lines of a key file. */
    public static final String OLD = OLD_ID + "=" + randomBytes(32);

    public static final String NEW = NEW_ID + "=" + randomBytes(32);

    private final Path path;

    public KeyFile(Path directory, String... lines) {
        path = directory.resolve("session-keys");
        write(lines);
    }

    public void write(String... lines) {
        try {
            Files.writeString(path, String.join("\n", lines));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Value of the setting encryptionKeys. */
    public String setting() {
        return "file:" + path;
    }

    /** Random bytes in Base64. */
    public static String randomBytes(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
