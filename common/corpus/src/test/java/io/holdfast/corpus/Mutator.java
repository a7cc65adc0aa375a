package io.holdfast.corpus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;

/** Finds places in a value that can be changed. */
final class Mutator {
    private final Random random;
    private final BiPredicate<Object, Place> isState;

    /** Objects that are left alone: those of the class, not of the value. Compared by identity. */
    private final Set<Object> shared;

    private Mutator(Random random, BiPredicate<Object, Place> isState, Collection<Object> shared) {
        this.random = random;
        this.isState = isState;
        this.shared = Collections.newSetFromMap(new IdentityHashMap<>());
        this.shared.addAll(shared);
    }

    /** For values whose classes are the JDK's, which are changed by their methods only, and the tests' own. */
    static Mutator ofJdkAndApplications(Random random) {
        return new Mutator(random, (root, place) -> true, List.of());
    }

    /** For values like {@code other}, in which fields of libraries are changed as well, but not those of their singletons. */
    static Mutator ofLibraries(Random random, Object other) {
        return new Mutator(random, JavaState::contains, Graph.reachable(other));
    }

    /** One place of any object {@code value} is made of; empty when nothing of it can be changed. */
    Optional<Place> place(Object value) {
        List<Object> objects = Graph.reachable(value);
        objects.removeIf(shared::contains);
        Collections.shuffle(objects, random);
        for (Object object : objects) {
            List<Place> places = placesOf(object);
            Collections.shuffle(places, random);
            for (Place place : places) {
                if (works(place) && isState.test(value, place)) {
                    return Optional.of(place);
                }
            }
        }
        return Optional.empty();
    }

    private List<Place> placesOf(Object object) {
        List<Place> places = new ArrayList<>();
        FieldPlaces.add(places, object);
        ContentPlaces.add(places, object, random);
        JdkPlaces.add(places, object);
        LibraryPlaces.add(places, object);
        return places;
    }

    /**
     * Tries it once. So collections that cannot be changed are found, and hash tables have grown before anyone compares.
     */
    private static boolean works(Place place) {
        Runnable undo = place.undo();
        if (undo == null) {
            return true;
        }
        try {
            place.change().run();
            undo.run();
            return true;
        } catch (RuntimeException e) {
            return false; // the collection's rules forbid it
        }
    }
}
