package io.holdfast.config;

import io.holdfast.conflict.ConflictPolicies;
import java.util.List;

/**
 * The settings for attributes that two requests wrote without having seen each other's value; part of {@link HoldfastSettings}.
 *
 * @param conflictPolicy what becomes of which attribute
 * @param conflictStatus HTTP status of a request whose commit fails by policy: {@value #CONFLICT} or {@value #UNAVAILABLE}
 * @param attributeMergers names of the application's classes that merge values of its own types
 */
public record ConflictSettings(ConflictPolicies conflictPolicy, int conflictStatus, List<String> attributeMergers) {
    /** HTTP status "Conflict". */
    public static final int CONFLICT = 409;

    /** HTTP status "Service Unavailable". */
    public static final int UNAVAILABLE = 503;

    /** What holds where nothing is set. */
    public static final ConflictSettings DEFAULTS = new ConflictSettings(ConflictPolicies.DEFAULT, CONFLICT, List.of());

    public ConflictSettings {
        attributeMergers = List.copyOf(attributeMergers);
    }
}
