package io.holdfast.sealing;

import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.config.EncryptionKeys;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.ValueFlags;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts values with AES-256-GCM (NIST SP 800-38D), so that they can be neither read nor changed in Redis, nor moved to
 * another session, attribute or application. A payload is
 *
 * <pre>
 * 1 byte    length of the key's id
 * n bytes   id of the key, ASCII
 * 12 bytes  nonce, random
 * rest      encrypted value, and the tag of 16 bytes
 * </pre>
 *
 * <p>Random nonces are safe for some 2^32 values of one key, which busy nodes write in days. So each session has a key of its
 * own: HKDF-Expand (RFC 5869) with SHA-256 of the configured key, for {@code holdfast:NAMESPACE:RECORD}. Authenticated with
 * each value are its flags and its place.
 *
 * <p>What is not prevented: somebody who can write to Redis can put back an older value of the same attribute, or delete.
 */
final class Encryption {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String KEY_TYPE = "AES";
    private static final String MAC = "HmacSHA256";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final byte FIRST_BLOCK = 1;

    private final String namespace;
    private final byte[] writingId;
    private final Map<String, SecretKeySpec> keys = new HashMap<>();
    private final SecureRandom random = new SecureRandom();

    Encryption(String namespace, EncryptionKeys keys) {
        this.namespace = namespace;
        this.writingId = keys.writingId().getBytes(StandardCharsets.US_ASCII);
        keys.byId().forEach((id, key) -> this.keys.put(id, new SecretKeySpec(key, MAC)));
    }

    EncodedValue encrypt(Place place, EncodedValue plain) {
        int flags = plain.flags() | ValueFlags.ENCRYPTED;
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keyNamed(writingId), place, flags, nonce);
            byte[] encrypted = cipher.doFinal(plain.payload());
            ByteBuffer payload = ByteBuffer.allocate(1 + writingId.length + NONCE_BYTES + encrypted.length)
                    .put((byte) writingId.length)
                    .put(writingId)
                    .put(nonce)
                    .put(encrypted);
            return new EncodedValue(flags, payload.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no AES-GCM, which every one must have", e);
        }
    }

    EncodedValue decrypt(Place place, EncodedValue encrypted) {
        ByteBuffer payload = ByteBuffer.wrap(encrypted.payload());
        try {
            byte[] id = new byte[Byte.toUnsignedInt(payload.get())];
            byte[] nonce = new byte[NONCE_BYTES];
            payload.get(id).get(nonce);
            if (payload.remaining() < TAG_BYTES) {
                throw new BufferUnderflowException();
            }
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, keyNamed(id), place, encrypted.flags(), nonce);
            byte[] plain = cipher.doFinal(encrypted.payload(), payload.position(), payload.remaining());
            return new EncodedValue(encrypted.flags() & ~ValueFlags.ENCRYPTED, plain);
        } catch (AEADBadTagException | BufferUnderflowException e) {
            throw new UnreadableAttributeException(
                    null, "its encrypted bytes were changed, or belong to another session, attribute or key", e);
        } catch (GeneralSecurityException e) {
            throw new UnreadableAttributeException(null, "it cannot be decrypted", e);
        }
    }

    /** Whether the value names the key that writes; says nothing about whether it can be decrypted. */
    boolean isOfWritingKey(EncodedValue value) {
        byte[] payload = value.payload();
        return ValueFlags.has(value.flags(), ValueFlags.ENCRYPTED)
                && payload.length > writingId.length
                && payload[0] == writingId.length
                && Arrays.equals(payload, 1, 1 + writingId.length, writingId, 0, writingId.length);
    }

    private Cipher cipher(int mode, SecretKeySpec key, Place place, int flags, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, sessionKey(key, place), new GCMParameterSpec(Byte.SIZE * TAG_BYTES, nonce));
        cipher.updateAAD(new byte[] {(byte) flags});
        cipher.updateAAD(place.bytes());
        return cipher;
    }

    private SecretKeySpec sessionKey(SecretKeySpec key, Place place) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(MAC);
        mac.init(key);
        mac.update(("holdfast:" + namespace + ":" + place.record()).getBytes(StandardCharsets.UTF_8));
        mac.update(FIRST_BLOCK);
        return new SecretKeySpec(mac.doFinal(), KEY_TYPE);
    }

    private SecretKeySpec keyNamed(byte[] id) {
        String name = new String(id, StandardCharsets.US_ASCII);
        @Nullable SecretKeySpec key = keys.get(name);
        if (key == null) {
            String shown = name.matches("[A-Za-z0-9._-]{1,32}") ? "\"" + name + "\"" : "of another form";
            throw new UnreadableAttributeException(
                    null, "it is encrypted with a key " + shown + " that this node does not have", null);
        }
        return key;
    }
}
