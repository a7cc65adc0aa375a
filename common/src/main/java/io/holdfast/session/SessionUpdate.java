package io.holdfast.session;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has changed in a record since an earlier state of it, all seen at one moment. What is named in none of its parts is gone.
 *
 * @param newer the record as it is now, without the attributes and the container state that are as they were
 * @param unchangedAttributes names of the attributes that are as they were
 * @param unchangedContainerState names of the container state that is as it was
 * @param unchangedVersions sum of the versions of all that is as it was, by which a copy can be checked
 */
public record SessionUpdate(
        SessionSnapshot newer,
        Set<String> unchangedAttributes,
        Set<String> unchangedContainerState,
        long unchangedVersions) {
    public SessionUpdate {
        unchangedAttributes = Set.copyOf(unchangedAttributes);
        unchangedContainerState = Set.copyOf(unchangedContainerState);
    }

    /**
     * The whole record as it is now.
     *
     * @param attributes attributes of the earlier state, by name
     * @param containerState container state of the earlier state, by name
     * @return null: these are not that state, because something is missing or has another version
     */
    public @Nullable SessionSnapshot appliedTo(
            Map<String, StoredAttribute> attributes, Map<String, StoredAttribute> containerState) {
        if (!attributes.keySet().containsAll(unchangedAttributes)
                || !containerState.keySet().containsAll(unchangedContainerState)) {
            return null;
        }
        Map<String, StoredAttribute> keptAttributes = kept(unchangedAttributes, attributes);
        Map<String, StoredAttribute> keptState = kept(unchangedContainerState, containerState);
        if (versions(keptAttributes.values()) + versions(keptState.values()) != unchangedVersions) {
            return null;
        }
        keptAttributes.putAll(newer.attributes());
        keptState.putAll(newer.containerState());
        return new SessionSnapshot(newer.version(), newer.metadata(), keptAttributes, keptState, newer.idleMillis());
    }

    private static Map<String, StoredAttribute> kept(Set<String> names, Map<String, StoredAttribute> from) {
        Map<String, StoredAttribute> kept = new HashMap<>();
        names.forEach(name -> kept.put(name, Objects.requireNonNull(from.get(name))));
        return kept;
    }

    private static long versions(Collection<StoredAttribute> attributes) {
        return attributes.stream().mapToLong(StoredAttribute::version).sum();
    }
}
