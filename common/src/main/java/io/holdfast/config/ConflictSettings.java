package io.holdfast.config;

import io.holdfast.conflict.ConflictPolicies;
import java.util.List;

/**
 * The settings for attributes that two requests wrote without having seen each other's value; part of {@link HoldfastSettings}.
 *
 * @param conflictPolicy what becomes of which attribute
 * @param conflictStatus HTTP status of a request whose commit fails by policy: {@value #CONFLICT} or {@value #UNAVAILABLE}
 * @param attributeMergers names of the application's classes that merge values of its own types
 * @param journalEntries how many conflicts are kept for operators; 0: none
 * @param nodeName this node's name where conflicts are told
 */
public record ConflictSettings(
        ConflictPolicies conflictPolicy,
        int conflictStatus,
        List<String> attributeMergers,
        int journalEntries,
        String nodeName) {
    /** HTTP status "Conflict". */
    public static final int CONFLICT = 409;

    /** HTTP status "Service Unavailable". */
    public static final int UNAVAILABLE = 503;

    public ConflictSettings {
        attributeMergers = List.copyOf(attributeMergers);
    }
}
