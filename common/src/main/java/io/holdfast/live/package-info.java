/**
 * A session as this node holds it, shared by all its requests: load, refresh, commit, id change and end, for any container.
 */
@NullMarked
package io.holdfast.live;

import org.jspecify.annotations.NullMarked;
