package io.holdfast.config;

import org.jspecify.annotations.Nullable;

/**
 * The settings for what becomes of one attribute on its way to Redis and back; part of {@link HoldfastSettings}.
 *
 * @param classFilter which classes may be stored and read
 * @param maxAttributeBytes longest encoded value, before compression
 * @param maxAttributeDepth most objects nested in each other
 * @param compressionThresholdBytes length from which encoded values are compressed; 0: none is
 * @param encryptionKeys keys of values that are encrypted; null: none is
 * @param acceptUnencrypted whether values that are not encrypted are read although there are keys
 * @param throwIfUnreadable whether asking for an attribute that cannot be decoded throws; else it reads as null
 * @param rejectNonSerializable whether setting an attribute that cannot be stored throws; else it stays on its node
 */
public record AttributeSettings(
        ClassPatterns classFilter,
        int maxAttributeBytes,
        int maxAttributeDepth,
        int compressionThresholdBytes,
        @Nullable EncryptionKeys encryptionKeys,
        boolean acceptUnencrypted,
        boolean throwIfUnreadable,
        boolean rejectNonSerializable) {
    /** What holds where nothing is set. */
    public static final AttributeSettings DEFAULTS = new AttributeSettings(
            ClassPatterns.NONE,
            Setting.MAX_ATTRIBUTE_BYTES.defaultNumber(),
            Setting.MAX_ATTRIBUTE_DEPTH.defaultNumber(),
            Setting.COMPRESSION_THRESHOLD_BYTES.defaultNumber(),
            null,
            false,
            false,
            false);
}
