package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/** Serializers of the JDK's collections and maps. */
@SuppressWarnings("JdkObsolete") // applications use the old ones too
final class JdkCollectionSerializers {
    private JdkCollectionSerializers() {}

    static void addTo(Map<Class<?>, Serializer<?>> table) {
        addMutableCollections(table);
        addMutableMaps(table);
        addFixed(table);
    }

    private static void addMutableCollections(Map<Class<?>, Serializer<?>> table) {
        table.put(ArrayList.class, FilledSerializer.ofElements(ArrayList::new));
        table.put(LinkedList.class, FilledSerializer.ofElements(LinkedList::new));
        table.put(ArrayDeque.class, FilledSerializer.ofElements(ArrayDeque::new));
        table.put(Vector.class, FilledSerializer.ofElements(Vector::new));
        table.put(Stack.class, FilledSerializer.ofElements(Stack::new));
        table.put(HashSet.class, FilledSerializer.ofElements(HashSet::new));
        table.put(LinkedHashSet.class, FilledSerializer.ofElements(LinkedHashSet::new));
        table.put(CopyOnWriteArrayList.class, FilledSerializer.ofElements(CopyOnWriteArrayList::new));
        table.put(CopyOnWriteArraySet.class, FilledSerializer.ofElements(CopyOnWriteArraySet::new));
        table.put(ConcurrentLinkedQueue.class, FilledSerializer.ofElements(ConcurrentLinkedQueue::new));
        table.put(ConcurrentLinkedDeque.class, FilledSerializer.ofElements(ConcurrentLinkedDeque::new));
        table.put(TreeSet.class, FilledSerializer.ofSortedElements(order -> new TreeSet<>(order), TreeSet::comparator));
        table.put(
                ConcurrentSkipListSet.class,
                FilledSerializer.ofSortedElements(
                        order -> new ConcurrentSkipListSet<>(order), ConcurrentSkipListSet::comparator));
        table.put(
                PriorityQueue.class,
                FilledSerializer.ofSortedElements(order -> new PriorityQueue<>(order), PriorityQueue::comparator));
    }

    private static void addMutableMaps(Map<Class<?>, Serializer<?>> table) {
        table.put(HashMap.class, FilledSerializer.ofEntries(HashMap::new));
        table.put(LinkedHashMap.class, FilledSerializer.ofEntries(LinkedHashMap::new));
        table.put(Hashtable.class, FilledSerializer.ofEntries(Hashtable::new));
        table.put(ConcurrentHashMap.class, FilledSerializer.ofEntries(ConcurrentHashMap::new));
        table.put(WeakHashMap.class, new WeakMaps());
        table.put(TreeMap.class, FilledSerializer.ofSortedEntries(order -> new TreeMap<>(order), TreeMap::comparator));
        table.put(
                ConcurrentSkipListMap.class,
                FilledSerializer.ofSortedEntries(
                        order -> new ConcurrentSkipListMap<>(order), ConcurrentSkipListMap::comparator));
    }

    private static void addFixed(Map<Class<?>, Serializer<?>> table) {
        table.put(Arrays.asList().getClass(), new ArrayBackedLists());

        Serializer<?> lists = BuiltAtOnceSerializer.<List<?>>of(
                JdkCollectionSerializers::withoutNulls, parts -> List.of(parts.toArray()));
        table.put(List.of().getClass(), lists);
        table.put(List.of(1).getClass(), lists);
        Serializer<?> sets = BuiltAtOnceSerializer.<Set<?>>of(ArrayList::new, parts -> Set.of(parts.toArray()));
        table.put(Set.of().getClass(), sets);
        table.put(Set.of(1).getClass(), sets);
        Serializer<?> maps = BuiltAtOnceSerializer.<Map<?, ?>>of(
                JdkCollectionSerializers::keysAndValues, parts -> Map.copyOf(mapOf(parts)));
        table.put(Map.of().getClass(), maps);
        table.put(Map.of(1, 1).getClass(), maps);

        table.put(
                Collections.singletonList(1).getClass(),
                BuiltAtOnceSerializer.<List<?>>of(list -> list, parts -> Collections.singletonList(parts.get(0))));
        table.put(
                Collections.singleton(1).getClass(),
                BuiltAtOnceSerializer.<Set<?>>of(ArrayList::new, parts -> Collections.singleton(parts.get(0))));
        table.put(
                Collections.singletonMap(1, 1).getClass(),
                BuiltAtOnceSerializer.<Map<?, ?>>of(
                        JdkCollectionSerializers::keysAndValues,
                        parts -> Collections.singletonMap(parts.get(0), parts.get(1))));

        List<?> emptyList = Collections.emptyList();
        table.put(emptyList.getClass(), BuiltAtOnceSerializer.<List<?>>of(list -> list, parts -> emptyList));
        Set<?> emptySet = Collections.emptySet();
        table.put(emptySet.getClass(), BuiltAtOnceSerializer.<Set<?>>of(set -> List.of(), parts -> emptySet));
        Map<?, ?> emptyMap = Collections.emptyMap();
        table.put(emptyMap.getClass(), BuiltAtOnceSerializer.<Map<?, ?>>of(map -> List.of(), parts -> emptyMap));
    }

    /** {@code Stream.toList()} gives lists of the same class as {@code List.of(...)} that may hold null. */
    private static List<?> withoutNulls(List<?> list) {
        for (Object element : list) {
            if (element == null) {
                throw new NeedsJavaSerializationException();
            }
        }
        return list;
    }

    private static List<@Nullable Object> keysAndValues(Map<?, ?> map) {
        List<@Nullable Object> parts = new ArrayList<>(2 * map.size());
        map.forEach((key, value) -> {
            parts.add(key);
            parts.add(value);
        });
        return parts;
    }

    private static Map<Object, Object> mapOf(List<@Nullable Object> keysAndValues) {
        Map<Object, Object> map = new HashMap<>();
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            map.put(Objects.requireNonNull(keysAndValues.get(i)), Objects.requireNonNull(keysAndValues.get(i + 1)));
        }
        return map;
    }

    /** Entries may vanish while one looks: written is what was there at one moment. */
    private static final class WeakMaps extends Serializer<WeakHashMap<?, ?>> {
        @Override
        public void write(Kryo kryo, Output output, WeakHashMap<?, ?> map) {
            List<@Nullable Object> parts = RestoredWeakMap.partsOf(map);
            output.writeVarInt(parts.size() / 2, true);
            for (Object part : parts) {
                Parts.write(kryo, output, part);
            }
        }

        @Override
        public WeakHashMap<?, ?> read(Kryo kryo, Input input, Class<? extends WeakHashMap<?, ?>> type) {
            RestoredWeakMap map = new RestoredWeakMap();
            kryo.reference(map);
            ReadParts parts = new ReadParts(kryo, input);
            int count = Parts.readCount(input);
            for (int i = 0; i < count; i++) {
                map.restore(parts.next(), parts.next());
            }
            return parts.madeInto(map);
        }
    }

    /** Stores {@code Arrays.asList(...)}; unlike other lists of fixed size it can be changed, and so contain itself. */
    private static final class ArrayBackedLists extends Serializer<List<?>> {
        @Override
        public void write(Kryo kryo, Output output, List<?> list) {
            Parts.writeElements(kryo, output, list);
        }

        @Override
        public List<?> read(Kryo kryo, Input input, Class<? extends List<?>> type) {
            @Nullable Object[] array = new Object[Parts.readCount(input)];
            List<?> list = Arrays.asList(array);
            kryo.reference(list);
            ReadParts parts = new ReadParts(kryo, input);
            for (int i = 0; i < array.length; i++) {
                array[i] = parts.next();
            }
            return parts.madeInto(list);
        }
    }
}
