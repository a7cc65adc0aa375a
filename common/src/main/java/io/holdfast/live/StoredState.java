package io.holdfast.live;

import io.holdfast.session.SessionMetadata;

/**
 * The newest state of the record that this node holds completely. Attributes that this node committed on top of a state it
 * has not seen are newer; the next refresh closes the gap.
 *
 * @param version version of the record
 * @param metadata the record's metadata at that version
 */
record StoredState(long version, SessionMetadata metadata) {}
