package io.holdfast.config;

import java.time.Duration;

/**
 * The settings for what a node keeps of sessions between requests; part of {@link HoldfastSettings}.
 *
 * @param most copies
 * @param mostBytes of Redis in all copies together; objects made of them come on top
 * @param longestIdle how long a copy is kept that nobody uses
 */
public record LocalCopySettings(int most, long mostBytes, Duration longestIdle) {}
