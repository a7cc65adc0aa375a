package io.holdfast.session;

import java.util.Set;

/**
 * What has changed in a record since an earlier state of it, all seen at one moment.
 *
 * @param newer the record as it is now; of the attributes and the container state only what was written since
 * @param removedAttributes names of attributes that are not there now; some may not have been before
 * @param removedContainerState names of container state that is not there now; some may not have been before
 * @param size how many attributes and parts of container state the record has now, by which a copy can be checked
 */
public record SessionUpdate(
        SessionSnapshot newer, Set<String> removedAttributes, Set<String> removedContainerState, long size) {
    public SessionUpdate {
        removedAttributes = Set.copyOf(removedAttributes);
        removedContainerState = Set.copyOf(removedContainerState);
    }
}
