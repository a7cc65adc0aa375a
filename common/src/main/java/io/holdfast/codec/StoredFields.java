package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.ObjectMap;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one class that are stored: all that are neither static nor transient, inherited ones included.
 *
 * <p>Where a class first appears in an attribute, the names of its fields are written, once; then, for each object, the
 * values in that order, each with its class. So a class may gain, lose and reorder fields between writing and reading,
 * and a field may move to another class of the hierarchy.
 * Kryo's {@code CompatibleFieldSerializer} does the same, but trusts a stored number of fields, confuses fields of
 * equally named classes, and reads each field twice while others may be changing it.
 */
final class StoredFields {
    /** One field. Inherited ones are stored as {@code DeclaringClass.name}, for a subclass may reuse the name. */
    record StoredField(String storedName, Field field) {
        String displayName() {
            return field.getDeclaringClass().getSimpleName() + "." + field.getName();
        }
    }

    /**
     * Values before objects, as hash codes are mostly made of values: in a cycle, a set may need the hash code of an
     * object that is not complete yet. Then by name, because reflection promises no order.
     */
    private static final Comparator<StoredField> ORDER = Comparator.comparing(
                    (StoredField stored) -> !isValue(stored.field().getType()))
            .thenComparing(StoredField::storedName);

    private static final ClassValue<List<Field>> BY_CLASS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            return Arrays.stream(new StoredFields(type).fields)
                    .map(StoredField::field)
                    .toList();
        }
    };

    private final StoredField[] fields;

    /** The stored fields of a plain class. */
    static List<Field> of(Class<?> type) {
        return BY_CLASS.get(type);
    }

    StoredFields(Class<?> type) {
        List<StoredField> found = new ArrayList<>();
        for (Class<?> part = type; part != Object.class && part != Record.class; part = part.getSuperclass()) {
            for (Field field : part.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                    field.setAccessible(true);
                    String name = part == type ? field.getName() : part.getName() + "." + field.getName();
                    found.add(new StoredField(name, field));
                }
            }
        }
        found.sort(ORDER);
        fields = found.toArray(new StoredField[0]);
    }

    private static boolean isValue(Class<?> type) {
        return type.isPrimitive() || ImmutableTypes.isValue(type);
    }

    void write(Kryo kryo, Output output, Object object) {
        ObjectMap<Object, Object> graphNotes = graphNotes(kryo);
        if (!graphNotes.containsKey(this)) {
            graphNotes.put(this, this);
            output.writeVarInt(fields.length, true);
            for (StoredField stored : fields) {
                output.writeString(stored.storedName());
            }
        }
        for (StoredField stored : fields) {
            try {
                write(kryo, output, stored.field(), object);
            } catch (UnstorableValueException e) {
                e.foundIn(stored.displayName());
                throw e;
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(stored.displayName() + " was made accessible before", e);
            }
        }
    }

    /** Numbers, the most frequent primitives, without boxing them. */
    private static void write(Kryo kryo, Output output, Field field, Object object) throws IllegalAccessException {
        Class<?> type = field.getType();
        if (type == int.class) {
            FrequentValues.writeInt(output, field.getInt(object));
        } else if (type == long.class) {
            FrequentValues.writeLong(output, field.getLong(object));
        } else {
            Parts.write(kryo, output, field.get(object));
        }
    }

    /** Reads the names if they follow here, and returns the fields to read; null for one the class does not have. */
    @SuppressWarnings("unchecked") // what this method itself has put there
    List<@Nullable StoredField> readOrder(Kryo kryo, Input input) {
        ObjectMap<Object, Object> graphNotes = graphNotes(kryo);
        List<@Nullable StoredField> order = (List<@Nullable StoredField>) graphNotes.get(this);
        if (order == null) {
            int count = Parts.readCount(input);
            order = new ArrayList<>();
            Set<String> names = new LinkedHashSet<>();
            for (int i = 0; i < count; i++) {
                names.add(Objects.requireNonNull(input.readString(), "name of a field"));
            }
            for (String name : names) {
                order.add(named(name, names));
            }
            graphNotes.put(this, order);
        }
        return order;
    }

    /** What Kryo keeps for its serializers until the attribute is done. */
    @SuppressWarnings("unchecked") // Kryo's signature
    private static ObjectMap<Object, Object> graphNotes(Kryo kryo) {
        return kryo.getGraphContext();
    }

    /**
     * The field of that name. A field that has moved to a superclass, or down from one, has another stored name now: then the
     * only field of that simple name is meant that was not stored under its own.
     */
    private @Nullable StoredField named(String storedName, Set<String> allStored) {
        StoredField moved = null;
        int candidates = 0;
        String simpleName = storedName.substring(storedName.lastIndexOf('.') + 1);
        for (StoredField stored : fields) {
            if (stored.storedName().equals(storedName)) {
                return stored;
            }
            if (stored.field().getName().equals(simpleName) && !allStored.contains(stored.storedName())) {
                moved = stored;
                candidates++;
            }
        }
        return candidates == 1 ? moved : null;
    }
}
