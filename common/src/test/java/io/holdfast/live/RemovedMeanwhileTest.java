package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Setting;
import io.holdfast.session.SessionId;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RemovedMeanwhileTest {
    @Test
    void changeOfAnAttributeThatWasRemoved_isWritten_thoughOthersCommitOtherAttributes() {
        String namespace = "removed-" + UUID.randomUUID();
        SessionId id = TestNode.newId();
        try (TestNode a = new TestNode(namespace, Map.of(Setting.COMMIT_ATTEMPTS, "3"));
                TestNode b = new TestNode(namespace)) {
            LiveSession onA = a.create(id, attributes -> attributes.put("hits", new AtomicInteger()));
            LiveSession onB = b.load(id);
            int[] times = new int[1];
            a.store.beforeEachCommit(() -> b.request(onB, attributes -> {
                if (times[0]++ == 0) {
                    attributes.remove("hits");
                }
                attributes.put("other", times[0]);
            }));

            a.request(onA, attributes -> ((AtomicInteger) attributes.get("hits")).addAndGet(1));

            b.request(
                    onB,
                    attributes ->
                            assertThat((AtomicInteger) attributes.get("hits")).hasValue(1));
        }
    }
}
