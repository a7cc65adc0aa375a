package io.holdfast.merge;

import io.holdfast.config.InvalidSettingException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mergers of one application, found by the values they merge. Immutable. */
public final class Mergers {
    /** No merger at all. */
    public static final Mergers NONE = new Mergers(List.of());

    private final List<Registered<?>> registered;

    private Mergers(Collection<Registered<?>> registered) {
        this.registered = List.copyOf(registered);
    }

    /**
     * Finds the mergers of an application: those of the setting {@code attributeMergers}, and those that its service files
     * {@code META-INF/services/io.holdfast.merge.AttributeMerger} name. For a type that both have, the setting wins.
     *
     * @param applicationLoader loads them
     * @param classNames value of the setting
     * @throws InvalidSettingException when one cannot be loaded or made, is no merger, or merges the same type as another of
     *     the same source; the message names class and source
     */
    public static Mergers load(ClassLoader applicationLoader, List<String> classNames) {
        return new Mergers(new MergerLoading(applicationLoader, classNames).all());
    }

    /**
     * The merger for two values: of those that take both, the one whose type is the most specific; a class is more specific
     * than an interface it does not implement. Null: there is none.
     *
     * @throws UnmergeableException when two are equally specific
     */
    @Nullable
    Registered<?> find(Object ours, Object theirs) throws UnmergeableException {
        List<Registered<?>> fitting = registered.stream()
                .filter(merger -> merger.takes(ours) && merger.takes(theirs))
                .toList();
        List<Registered<?>> best = fitting.stream()
                .filter(merger -> fitting.stream().noneMatch(other -> isMoreSpecific(other.type(), merger.type())))
                .toList();
        if (best.size() > 1) {
            throw new UnmergeableException(
                    "the mergers for " + best.get(0).type().getName() + " and for "
                            + best.get(1).type().getName() + " both fit a " + Names.of(ours));
        }
        return best.isEmpty() ? null : best.get(0);
    }

    /** Whether there is one for {@code value}, provided that the other value fits too. */
    boolean mayTake(Object value) {
        return registered.stream().anyMatch(merger -> merger.takes(value));
    }

    private static boolean isMoreSpecific(Class<?> one, Class<?> other) {
        if (one.isAssignableFrom(other)) {
            return false;
        }
        return other.isAssignableFrom(one) || (!one.isInterface() && other.isInterface());
    }
}
