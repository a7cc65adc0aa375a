package io.holdfast.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * SHA-256 of a session id's secret: all that Redis ever holds of it. The secret has 128 random bits, so no salt and no
 * slow hash is needed.
 */
public final class SecretHash {
    /** Length of the hash in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private SecretHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The hash of {@code secret}. */
    public static SecretHash of(String secret) {
        try {
            return new SecretHash(
                    MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A hash read from a record; {@link #LENGTH} bytes. */
    public static SecretHash ofBytes(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a secret's hash has " + LENGTH + " bytes, not " + bytes.length);
        }
        return new SecretHash(bytes.clone());
    }

    /** A copy of the {@link #LENGTH} bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Whether {@code secret} is the one; takes the same time whatever it is. */
    public boolean matches(String secret) {
        return equals(of(secret));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretHash that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "SecretHash";
    }
}
