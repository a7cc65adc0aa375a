package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Setting;
import io.holdfast.live.HookedStore.Loss;
import io.holdfast.session.SessionId;
import io.holdfast.session.SessionMetadata;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.Use;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jetty's own caches: what is done belongs to no request; a save whose answer is lost is tried again with the next one. */
class LostSavesTest {
    private final String namespace = "lost-saves-saves-" + UUID.randomUUID();
    private final TestNode a = new TestNode(namespace, TestNode.fetchingOnlyWhatIsNewer(Map.<Setting, String>of()));
    private final TestNode b = new TestNode(namespace);

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    @Test
    void savedChanges_areThereOnce() {
        for (int seed = 0; seed < 300; seed++) {
            run(seed);
        }
    }

    private void run(int seed) {
        Random random = new Random(seed);
        SessionId id = TestNode.newId();
        LiveSession onA = a.create(id, attributes -> {
            attributes.put("list", new ArrayList<String>());
            attributes.put("set", new HashSet<String>());
            attributes.put("count", new AtomicInteger());
        });
        LiveSession onB = b.load(id);
        StringBuilder story = new StringBuilder("seed " + seed);
        Set<String> inList = new HashSet<>();
        Set<String> inSet = new HashSet<>();
        List<String> marks = new ArrayList<>();
        int count = 0;
        int versionsSinceSave = 0;
        for (int step = 0; step < 40; step++) {
            String element = "e" + step;
            switch (random.nextInt(9)) {
                case 0 -> {
                    listOf(onA.attributes()).add(element);
                    inList.add(element);
                    story.append("; adds ").append(element);
                }
                case 1 -> {
                    List<String> list = listOf(onA.attributes());
                    list.add(element);
                    onA.attributes().put("list", list);
                    inList.add(element);
                    story.append("; adds and sets ").append(element);
                }
                case 2 -> {
                    Set<String> copy = new HashSet<>(setOf(onA.attributes()));
                    copy.add(element);
                    onA.attributes().put("set", copy);
                    inSet.add(element);
                    story.append("; copies ").append(element);
                }
                case 3 -> {
                    onA.attributes().put("m" + element, element);
                    marks.add("m" + element);
                    story.append("; puts ").append(element);
                }
                case 4 -> {
                    ((AtomicInteger) Objects.requireNonNull(onA.attributes().get("count"))).incrementAndGet();
                    count++;
                    story.append("; counts");
                }
                case 5 -> {
                    if (versionsSinceSave++ < SessionMetadata.REMEMBERED_COMMITS - 1) {
                        b.request(onB, attributes -> {
                            listOf(attributes).add("b" + element);
                            setOf(attributes).add("b" + element);
                        });
                        inList.add("b" + element);
                        inSet.add("b" + element);
                        story.append("; others add ").append(element);
                    }
                }
                case 6 -> {
                    Use use = onA.begin();
                    onA.validate(use);
                    onA.end(use);
                    story.append("; is asked for");
                }
                default -> {
                    if (random.nextInt(2) == 0 && versionsSinceSave++ < SessionMetadata.REMEMBERED_COMMITS - 1) {
                        Loss loss = random.nextBoolean() ? Loss.BEHIND_ITS_EFFECT : Loss.INSTEAD_OF_ITS_EFFECT;
                        a.store.loseNextAnswer(loss);
                        story.append("; loses ").append(loss);
                    }
                    if (save(onA)) {
                        story.append("; saved");
                        versionsSinceSave = 0;
                    }
                    a.store.keepAnswers();
                }
            }
        }
        assertThat(save(onA)).isTrue();
        Map<String, Object> stored = b.load(id).attributes();
        assertThat(listOf(stored)).as(story.toString()).containsExactlyInAnyOrderElementsOf(inList);
        assertThat(setOf(stored)).as(story.toString()).containsExactlyInAnyOrderElementsOf(inSet);
        assertThat(stored.get("count")).as(story.toString()).hasToString("" + count);
        assertThat(stored.keySet()).as(story.toString()).containsAll(marks);
    }

    private static boolean save(LiveSession session) {
        Use use = session.begin();
        try {
            return session.commit(use);
        } catch (StoreException lost) {
            return false;
        } finally {
            session.end(use);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> listOf(Map<String, Object> attributes) {
        return (List<String>) Objects.requireNonNull(attributes.get("list"));
    }

    @SuppressWarnings("unchecked")
    private static Set<String> setOf(Map<String, Object> attributes) {
        return (Set<String>) Objects.requireNonNull(attributes.get("set"));
    }
}
