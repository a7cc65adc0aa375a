package io.holdfast.live;

import io.holdfast.tracking.Use;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the uses of one session have set one of its properties to, and have not committed. All of them see what was set last; a
 * commit writes what its own use has set; and if a use is refused, what another one had set before comes to light again.
 *
 * <p>The monitor is a leaf.
 */
final class Uncommitted<V> {
    /**
     * What one use has set.
     *
     * @param by the use
     */
    record Setting<V>(V value, Use by) {}

    /** The latest is the last; at most one of each use. */
    private final List<Setting<V>> settings = new ArrayList<>(1);

    /** What threads set for a use that has ended counts as set by its heir. */
    synchronized void set(V value, Use by) {
        Use owner = by.orHeir(); // whoever ends the use, and drops what it has set then, waits for us
        settings.removeIf(setting -> setting.by() == owner);
        settings.add(new Setting<>(value, owner));
    }

    /** What was set last, whoever did. */
    synchronized Optional<V> latest() {
        return settings.isEmpty()
                ? Optional.empty()
                : Optional.of(settings.get(settings.size() - 1).value());
    }

    /** What one of {@code uses} has set last; null: nothing. */
    synchronized @Nullable Setting<V> latestOf(Collection<Use> uses) {
        Setting<V> latest = null;
        for (Setting<V> setting : settings) {
            if (uses.contains(setting.by())) {
                latest = setting;
            }
        }
        return latest;
    }

    /** This is committed, and covers what was set before. What was set since stays. */
    @SuppressWarnings("ReferenceEquality") // an equal one may have been set since
    synchronized void committed(Setting<V> written) {
        for (int i = 0; i < settings.size(); i++) {
            if (settings.get(i) == written) {
                settings.subList(0, i + 1).clear();
                return;
            }
        }
    }

    /** What this use has set is not going to be committed. */
    synchronized void drop(Use use) {
        settings.removeIf(setting -> setting.by() == use);
    }

    /** This is not going to be committed. What its use has set since stays. */
    @SuppressWarnings("ReferenceEquality") // an equal one may have been set since
    synchronized void drop(Setting<V> set) {
        settings.removeIf(setting -> setting == set);
    }

    synchronized boolean isEmpty() {
        return settings.isEmpty();
    }
}
