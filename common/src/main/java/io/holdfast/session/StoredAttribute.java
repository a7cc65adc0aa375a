package io.holdfast.session;

/**
 * An attribute as the record holds it.
 *
 * @param value the encoded value
 * @param version version of the record that wrote it
 */
public record StoredAttribute(EncodedValue value, long version) {}
