package io.holdfast.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.events.SessionEvents;
import io.holdfast.live.LiveSession;
import io.holdfast.tracking.Use;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestSessionsTest {
    @ParameterizedTest(name = "succeeds: {0}")
    @CsvSource({"true, 3", "false, 1"})
    void lateCommits_goOnUntilOneFails(boolean succeeds, int expected) {
        RequestSessions<LateSession> sessions = new RequestSessions<>();
        LateSession session = new LateSession(succeeds);
        sessions.add(session, new Use(), "/", null);

        for (int i = 0; i < 3; i++) {
            sessions.commitLate();
        }

        assertThat(session.lateCommits).isEqualTo(expected);
    }

    @Test
    void useThatCannotEnd_doesNotKeepTheOthersFromEnding() {
        RequestSessions<LateSession> sessions = new RequestSessions<>();
        List<LateSession> all = List.of(new LateSession(true), new LateSession(true), new LateSession(true));
        all.forEach(session -> sessions.add(session, new Use(), "/", null));

        assertThatThrownBy(sessions::finish).hasMessage("on purpose");

        assertThat(all).allSatisfy(session -> assertThat(session.ends).isOne());
        sessions.finish();
        assertThat(all).allSatisfy(session -> assertThat(session.ends).isOne());
    }

    /** Counts late commits and ends, each of which fails, and does nothing else. */
    private static final class LateSession implements SharedSession {
        private final boolean succeeds;
        private int lateCommits;
        private int ends;

        private LateSession(boolean succeeds) {
            this.succeeds = succeeds;
        }

        @Override
        public boolean commitLate(Use use) {
            lateCommits++;
            return succeeds;
        }

        @Override
        public void endUse(Use use) {
            ends++;
            throw new IllegalStateException("on purpose");
        }

        @Override
        public LiveSession live() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SessionEvents events() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isEndedHere() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void endLocally() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void endStillborn() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void forget() {
            throw new UnsupportedOperationException();
        }
    }
}
