package io.holdfast.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /**
     * The whole record as it is now.
     *
     * @param attributes attributes of the earlier state, by name
     * @param containerState container state of the earlier state, by name
     * @return null: these are not that state, because there are too few or too many
     */
    public @Nullable SessionSnapshot appliedTo(
            Map<String, StoredAttribute> attributes, Map<String, StoredAttribute> containerState) {
        Map<String, StoredAttribute> nowAttributes = new HashMap<>(attributes);
        nowAttributes.keySet().removeAll(removedAttributes);
        nowAttributes.putAll(newer.attributes());
        Map<String, StoredAttribute> nowState = new HashMap<>(containerState);
        nowState.keySet().removeAll(removedContainerState);
        nowState.putAll(newer.containerState());
        return nowAttributes.size() + nowState.size() == size
                ? new SessionSnapshot(newer.version(), newer.metadata(), nowAttributes, nowState, newer.idleMillis())
                : null;
    }
}
