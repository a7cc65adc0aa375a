package io.holdfast.corpus;

import com.google.common.collect.Multimap;
import com.google.common.collect.Table;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import javax.security.auth.Subject;
import javax.swing.tree.DefaultMutableTreeNode;
import org.apache.commons.collections4.MultiValuedMap;
import org.hibernate.Hibernate;
import org.jspecify.annotations.Nullable;

/** Finds the objects a value is made of, as far as an application could reach them and a codec has to store them. */
final class Graph {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> open = new ArrayDeque<>();
    private final List<Object> reached = new ArrayList<>();

    private Graph() {}

    /** {@code root} and everything it is made of, the plain values aside. */
    static List<Object> reachable(Object root) {
        Graph graph = new Graph();
        graph.meet(root);
        while (!graph.open.isEmpty()) {
            Object next = graph.open.removeFirst();
            graph.reached.add(next);
            graph.meetPartsOf(next);
        }
        return graph.reached;
    }

    private void meet(@Nullable Object object) {
        if (object != null && !PlainValues.is(object) && seen.add(object)) {
            open.addLast(object);
        }
    }

    private void meetPartsOf(Object object) {
        storedFields(object.getClass()).forEach(field -> meet(Fields.get(field, object)));
        if (!hasContentsAtHand(object)) {
            return;
        }
        if (object instanceof Object[] array) {
            Arrays.stream(array).forEach(this::meet);
        } else if (Proxy.isProxyClass(object.getClass())) {
            meet(Proxy.getInvocationHandler(object));
        } else if (object instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                meet(key);
                meet(value);
            });
        } else if (object instanceof Collection<?> collection) {
            collection.forEach(this::meet);
        } else if (object instanceof Multimap<?, ?> multimap) {
            multimap.asMap().values().forEach(this::meet);
        } else if (object instanceof MultiValuedMap<?, ?> multimap) {
            multimap.asMap().values().forEach(this::meet);
        } else {
            meetPartsOfOtherObject(object);
        }
    }

    /** False for a collection that would have to ask a database. */
    static boolean hasContentsAtHand(Object object) {
        return Hibernate.isInitialized(object);
    }

    private void meetPartsOfOtherObject(Object object) {
        on(object, Map.Entry.class, entry -> {
            meet(entry.getKey());
            meet(entry.getValue());
        });
        on(object, Optional.class, optional -> meet(optional.isPresent() ? optional.get() : null));
        on(object, AtomicReference.class, reference -> meet(reference.get()));
        on(object, AtomicReferenceArray.class, array -> {
            for (int i = 0; i < array.length(); i++) {
                meet(array.get(i));
            }
        });
        on(object, Throwable.class, throwable -> {
            meet(throwable.getCause());
            Arrays.stream(throwable.getSuppressed()).forEach(this::meet);
        });
        on(object, Subject.class, subject -> meet(subject.getPrincipals()));
        on(object, Table.class, table -> meet(table.rowMap()));
        on(object, DefaultMutableTreeNode.class, node -> {
            meet(node.getUserObject());
            Collections.list(node.children()).forEach(this::meet);
        });
    }

    private static <T> void on(Object object, Class<T> type, Consumer<T> action) {
        if (type.isInstance(object)) {
            action.accept(type.cast(object));
        }
    }

    /** The fields of own classes that are stored, inherited ones included. */
    static List<Field> storedFields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> part : Portrait.ownClasses(type)) {
            for (Field field : part.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && !Modifier.isTransient(field.getModifiers())
                        && java.io.Serializable.class.isAssignableFrom(part)) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return fields;
    }
}
