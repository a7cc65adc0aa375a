package io.holdfast.sealing;

import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.config.AttributeSettings;
import io.holdfast.config.EncryptionKeys;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.ValueFlags;
import org.jspecify.annotations.Nullable;

/**
 * Seals encoded values for Redis and opens them again: compressed if they are long, then encrypted if there are keys. Two seals
 * of the same value differ when it is encrypted, so changes are looked for on plain values. Safe for many threads at once.
 */
public final class AttributeSeal {
    private final Compression compression;
    private final @Nullable Encryption encryption;
    private final boolean acceptUnencrypted;

    /** The seal of the application that has {@code namespace}. */
    public AttributeSeal(String namespace, AttributeSettings settings) {
        compression = new Compression(settings.compressionThresholdBytes(), settings.maxAttributeBytes());
        EncryptionKeys keys = settings.encryptionKeys();
        encryption = keys == null ? null : new Encryption(namespace, keys);
        acceptUnencrypted = settings.acceptUnencrypted();
    }

    /** The form in which {@code plain} is stored at {@code place}. */
    public EncodedValue seal(Place place, EncodedValue plain) {
        EncodedValue compressed = compression.compress(plain);
        return encryption == null ? compressed : encryption.encrypt(place, compressed);
    }

    /**
     * The plain value.
     *
     * @throws UnreadableAttributeException when it is damaged, comes from another place, or needs a key this node does not have
     */
    public EncodedValue open(Place place, EncodedValue sealed) {
        if (!ValueFlags.areKnown(sealed.flags())) {
            return sealed; // the codec says what is wrong with it
        }
        return compression.decompress(decrypt(place, sealed));
    }

    /** Whether this node would seal the same value with the same key. What is not so is written anew once it is set again. */
    public boolean isCurrent(EncodedValue sealed) {
        return encryption == null || encryption.isOfWritingKey(sealed);
    }

    private EncodedValue decrypt(Place place, EncodedValue sealed) {
        boolean encrypted = ValueFlags.has(sealed.flags(), ValueFlags.ENCRYPTED);
        if (encryption == null && encrypted) {
            throw new UnreadableAttributeException(
                    null, "it is encrypted, and this node has no keys; see the setting encryptionKeys", null);
        }
        if (encryption == null) {
            return sealed;
        }
        if (!encrypted && !acceptUnencrypted) {
            throw new UnreadableAttributeException(
                    null,
                    "it is not encrypted, though it should be; the setting acceptUnencrypted allows to read it",
                    null);
        }
        return encrypted ? encryption.decrypt(place, sealed) : sealed;
    }
}
