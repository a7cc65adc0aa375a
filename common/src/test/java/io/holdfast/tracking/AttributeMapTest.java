package io.holdfast.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.config.AttributeSettings;
import io.holdfast.events.SessionEvents;
import io.holdfast.sealing.AttributeSeal;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.StoredAttribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The attribute map as a container uses it. */
class AttributeMapTest {
    private final CountingCodec codec = new CountingCodec();
    private final List<String> unreadable = new CopyOnWriteArrayList<>();
    private final Use use = new Use();
    private boolean previousWanted;
    private final AttributeMap map = new AttributeMap(
            "0123456789abcdef",
            new StoredForm(codec, new AttributeSeal("shop", AttributeSettings.DEFAULTS), AttributeGate.OPEN),
            new SessionEvents() {
                @Override
                public void attributeUnreadable(String record, String attribute, UnreadableAttributeException cause) {
                    unreadable.add(attribute);
                }
            },
            () -> use,
            () -> previousWanted);

    @Test
    void namesCanBeListedAndLookedForWithoutDecoding() {
        load("a", "1", "b", List.of("x"));

        assertThat(map.keySet()).containsExactlyInAnyOrder("a", "b");
        assertThat(map.containsKey("a")).isTrue();
        assertThat(map.containsKey("c")).isFalse();
        assertThat(map.size()).isEqualTo(2);
        assertThat(map.isEmpty()).isFalse();
        assertThat(codec.decoded).hasValue(0);
    }

    @Test
    void get_decodesOnceAndGivesTheSameObjectEachTime() {
        load("cart", new ArrayList<>(List.of("bread")));

        Object first = map.get("cart");

        assertThat(first).isEqualTo(List.of("bread"));
        assertThat(map.get("cart")).isSameAs(first);
        assertThat(codec.decoded).hasValue(1);
    }

    @Test
    void get_byManyThreadsAtOnce_givesAllOfThemOneObject() throws Exception {
        load("cart", new ArrayList<>(List.of("bread")));
        int threads = 8;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Object>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                results.add(executor.submit(() -> {
                    start.await();
                    return map.get("cart");
                }));
            }
            Object expected = results.get(0).get();
            for (Future<Object> result : results) {
                assertThat(result.get()).isSameAs(expected);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void put_overAValueThatWasNotDecoded_doesNotDecodeIt() {
        load("a", "old");

        assertThat(map.put("a", "new")).isNull();

        assertThat(codec.decoded).hasValue(0);
        assertThat(map).containsExactly(entry("a", "new"));
    }

    @Test
    void put_givesTheOldValue_whenSomebodyWantsIt() {
        load("a", "old");
        previousWanted = true;

        assertThat(map.put("a", "new")).isEqualTo("old");
        assertThat(map.put("a", "newer")).isEqualTo("new");
    }

    @Test
    void put_givesTheOldValue_whenThatOneListensToBeingUnbound() {
        codec.listeners = true;
        load("a", "old");

        assertThat(map.put("a", "new")).isEqualTo("old");
    }

    @Test
    void remove_hidesTheAttribute() {
        load("a", "old", "b", "1");
        previousWanted = true;

        assertThat(map.remove("a")).isEqualTo("old");
        assertThat(map.remove("a")).isNull();
        assertThat(map.remove("never there")).isNull();

        assertThat(map.get("a")).isNull();
        assertThat(map).containsOnlyKeys("b");
        assertThat(map.size()).isEqualTo(1);
    }

    @Test
    void nullsAreRefusedAsInEveryConcurrentMap() {
        assertThatThrownBy(() -> map.put("a", null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> map.putIfAbsent("a", null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> map.replace("a", null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void atomicOperationsBehaveAsThoseOfAConcurrentHashMap() {
        Map<String, Object> reference = new ConcurrentHashMap<>();
        for (Map<String, Object> subject : List.of(reference, map)) {
            assertThat(subject.putIfAbsent("a", "1")).isNull();
            assertThat(subject.putIfAbsent("a", "2")).isEqualTo("1");
            assertThat(subject.replace("b", "x")).isNull();
            assertThat(subject.replace("a", "3")).isEqualTo("1");
            assertThat(subject.replace("a", "wrong", "4")).isFalse();
            assertThat(subject.replace("a", "3", "4")).isTrue();
            assertThat(subject.remove("a", "wrong")).isFalse();
            assertThat(subject.computeIfAbsent("c", key -> key + "!")).isEqualTo("c!");
            assertThat(subject.computeIfPresent("c", (key, old) -> old + "!")).isEqualTo("c!!");
            assertThat(subject.compute("d", (key, old) -> old == null ? "new" : "old"))
                    .isEqualTo("new");
            assertThat(subject.merge("d", "+", (old, added) -> "" + old + added))
                    .isEqualTo("new+");
            assertThat(subject.remove("d", "new+")).isTrue();
            assertThat(subject.getOrDefault("d", "none")).isEqualTo("none");
        }
        assertThat(map).isEqualTo(reference).hasSameHashCodeAs(reference);
        map.clear();
        assertThat(map).isEmpty();
    }

    @Test
    void putIfAbsent_afterARemoval_putsAgain() {
        load("a", "old");
        map.remove("a");

        assertThat(map.putIfAbsent("a", "new")).isNull();
        assertThat(map.get("a")).isEqualTo("new");
    }

    @Test
    void viewsWriteThroughToTheMap() {
        load("a", "1", "b", "2", "c", "3");

        map.keySet().remove("a");
        map.values().remove("2");
        for (Map.Entry<String, Object> entry : map.entrySet()) {
            entry.setValue("changed");
        }

        assertThat(map).containsExactly(entry("c", "changed"));
        Iterator<Map.Entry<String, Object>> entries = map.entrySet().iterator();
        entries.next();
        assertThat(entries.hasNext()).isFalse();
        entries.remove();
        assertThat(map).isEmpty();
        assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void valueThatCannotBeDecoded_readsAsNullOnceReportedAndKeepsItsName() {
        load("good", "1");
        Map<String, StoredAttribute> stored = new HashMap<>();
        stored.put("bad", new StoredAttribute(CountingCodec.DAMAGED, 1));
        stored.put("good", new StoredAttribute(codec.encode("1"), 1));
        AttributeRefresh.refresh(map, stored);

        assertThat(map.get("bad")).isNull();
        assertThat(map.get("bad")).isNull();

        assertThat(unreadable).containsExactly("bad");
        assertThat(map.keySet()).contains("bad", "good");
        assertThat(map.entrySet()).hasSize(1);
        assertThat(map.get("good")).isEqualTo("1");
        map.put("bad", "repaired");
        assertThat(map.get("bad")).isEqualTo("repaired");
    }

    private void load(Object... namesAndValues) {
        Map<String, StoredAttribute> stored = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            EncodedValue value = codec.encode(namesAndValues[i + 1]);
            stored.put((String) namesAndValues[i], new StoredAttribute(value, 1));
        }
        AttributeRefresh.refresh(map, stored);
    }
}
