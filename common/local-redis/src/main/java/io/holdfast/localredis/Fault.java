package io.holdfast.localredis;

/** What a {@link FaultProxy} does, once, to the first command that matches. */
sealed interface Fault permits Pause, Cut {}
