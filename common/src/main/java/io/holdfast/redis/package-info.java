/**
 * The {@link io.holdfast.session.SessionStore} on Redis: key layout, connections, and the commit that watches, checks and
 * writes. {@link io.holdfast.redis.RedisSessionStore} is the only public class.
 *
 * <p>From top to bottom: the store hands reads to one shared {@code LoadConnection} and everything that checks before it
 * writes to {@code CommitLanes}; a {@code Transaction} says what to check and write, a {@code CommitLane} does it; both send
 * {@code Exchange}s over a {@code Wire}.
 */
@NullMarked
package io.holdfast.redis;

import org.jspecify.annotations.NullMarked;
