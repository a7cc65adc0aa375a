package io.holdfast.consistency.checker;

/**
 * What may be expected.
 *
 * @param merges whether concurrent changes of one list, set, map or counter are all kept; if not, the last one counts
 * @param faults whether nodes and connections break: then late work can fail without anybody being told, and who is refused
 *     may have been too early to know
 */
public record Rules(boolean merges, boolean faults) {}
