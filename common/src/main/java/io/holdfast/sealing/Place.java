package io.holdfast.sealing;

import java.nio.charset.StandardCharsets;

/**
 * Where a value is kept. Encrypted values can be read in their place only.
 *
 * @param record the session's record
 * @param kind {@code @}: an attribute of the application, {@code $}: the container's own state
 * @param name name of the attribute
 */
public record Place(String record, char kind, String name) {
    /** The place of an attribute of the application. */
    public static Place ofAttribute(String record, String name) {
        return new Place(record, '@', name);
    }

    /** The place of something the container itself keeps in a session. */
    public static Place ofContainerState(String record, String name) {
        return new Place(record, '$', name);
    }

    byte[] bytes() {
        return (kind + name).getBytes(StandardCharsets.UTF_8);
    }
}
