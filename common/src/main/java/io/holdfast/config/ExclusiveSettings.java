package io.holdfast.config;

import java.time.Duration;

/**
 * The settings for requests that run one after the other; part of {@link HoldfastSettings}.
 *
 * @param rule which requests do
 * @param longestWait how long one request waits for others, in all
 * @param lease how long a session stays with a node that has died
 */
public record ExclusiveSettings(ExclusiveRule rule, Duration longestWait, Duration lease) {}
