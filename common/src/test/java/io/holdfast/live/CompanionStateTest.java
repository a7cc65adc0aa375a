package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Setting;
import io.holdfast.session.SessionId;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** State of the container that is written only along with something else. */
class CompanionStateTest {
    private final String namespace = "companion-" + UUID.randomUUID();
    private final TestNode a = new TestNode(namespace);
    private final TestNode b = new TestNode(namespace);
    private final SessionId id = TestNode.newId();

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    @Test
    void companion_isNoReasonForACommit() {
        LiveSession onA = a.create(id, attributes -> {});
        int commits = a.commits.get();

        onA.containerState().setAlong("times", "12:00");
        a.request(onA, attributes -> {});

        assertThat(a.commits).hasValue(commits);
        assertThat(b.load(id).containerState().get("times")).isNull();
    }

    @Test
    void companion_goesWithTheNextChange() {
        LiveSession onA = a.create(id, attributes -> {});
        onA.containerState().setAlong("times", "12:00");
        a.request(onA, attributes -> {});

        a.request(onA, attributes -> attributes.put("a", "1"));

        assertThat(b.load(id).containerState().get("times")).isEqualTo("12:00");
        assertThat(onA.containerState().get("times")).isEqualTo("12:00");
    }

    @Test
    void companion_goesWithTheCreation() {
        LiveSession onA = a.createLater(id);
        onA.containerState().setAlong("times", "12:00");

        a.request(onA, attributes -> {});

        assertThat(b.load(id).containerState().get("times")).isEqualTo("12:00");
    }

    @Test
    void companionOfACommitThatGivesWay_isLeftToTheNextOne() {
        Map<Setting, String> firstWins = Map.of(Setting.CONFLICT_POLICY, "first-write-wins");
        try (TestNode giving = new TestNode(namespace, firstWins)) {
            a.create(id, attributes -> attributes.put("a", "1"));
            LiveSession session = giving.load(id);
            TestNode.Request request = giving.begin(session);
            request.work(attributes -> attributes.put("a", "ours"));
            session.containerState().setAlong("times", "12:00");
            b.request(b.load(id), attributes -> attributes.put("a", "theirs"));

            request.end();

            assertThat(b.load(id).containerState().get("times")).isNull();
            assertThat(session.containerState().get("times")).isNull();
            giving.request(session, attributes -> attributes.put("b", "1"));
            assertThat(b.load(id).containerState().get("times")).isEqualTo("12:00");
        }
    }

    @Test
    void companionOfADroppedCommit_bringsNothingBack() {
        LiveSession onA = a.create(id, attributes -> {});
        b.load(id).end();

        onA.containerState().setAlong("times", "12:00");
        boolean lived = a.request(onA, attributes -> attributes.put("a", "1"));

        assertThat(lived).isFalse();
        assertThat(b.knows(id)).isFalse();
    }
}
