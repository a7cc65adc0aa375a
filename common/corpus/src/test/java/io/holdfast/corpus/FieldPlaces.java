package io.holdfast.corpus;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields of own classes, inherited ones included, and elements of arrays. */
final class FieldPlaces {
    private FieldPlaces() {}

    static void add(List<Place> places, Object object) {
        if (object.getClass().isArray()) {
            for (int i = 0; i < Math.min(Array.getLength(object), 20); i++) {
                addElement(places, object, i);
            }
            return;
        }
        for (Field field : Graph.storedFields(object.getClass())) {
            if (!Modifier.isFinal(field.getModifiers())) {
                addField(places, object, field);
            }
        }
    }

    private static void addField(List<Place> places, Object object, Field field) {
        Object old = Fields.get(field, object);
        Object other = otherThan(old, field.getType());
        if (old != null || other != null) {
            places.add(Place.exact(
                    "field " + field.getDeclaringClass().getSimpleName() + "." + field.getName(),
                    () -> Fields.set(field, object, other),
                    () -> Fields.set(field, object, old)));
        }
    }

    private static void addElement(List<Place> places, Object array, int index) {
        Object old = Array.get(array, index);
        Object other = otherThan(old, array.getClass().getComponentType());
        if (old != null || other != null) {
            places.add(Place.exact(
                    "element " + index + " of " + array.getClass().getSimpleName(),
                    () -> Array.set(array, index, other),
                    () -> Array.set(array, index, old)));
        }
    }

    /** Null when nothing else fits. */
    private static @Nullable Object otherThan(@Nullable Object old, Class<?> type) {
        Object other = OtherValues.than(old);
        if (other != null) {
            return other;
        }
        return type.isAssignableFrom(String.class) ? "another" : null;
    }
}
