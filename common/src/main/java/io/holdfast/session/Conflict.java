package io.holdfast.session;

/**
 * An attribute that two commits wrote without either having seen the other's value.
 *
 * @param attribute the attribute's name
 * @param baseVersion version of the attribute this node had seen; 0: none
 * @param foundVersion version of the attribute found in Redis; 0: someone else had removed it
 */
public record Conflict(String attribute, long baseVersion, long foundVersion) {}
