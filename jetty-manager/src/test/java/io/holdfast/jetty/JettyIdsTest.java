package io.holdfast.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.session.SessionId;
import io.holdfast.session.SessionIds;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class JettyIdsTest {
    private static final String FOREIGN = "node01w2x3y4z5";

    @Test
    void idOfOurForm_isTakenApartAsItIs() {
        SessionId ours = SessionIds.create(new SecureRandom()::nextBytes);

        assertThat(new JettyIds(true).parse(ours.value())).isEqualTo(ours);
        assertThat(new JettyIds(false).parse(ours.value())).isEqualTo(ours);
    }

    @Test
    void idOfAnotherForm_alwaysNamesTheSameRecord_thatDoesNotTellTheId() {
        SessionId first = new JettyIds(true).parse(FOREIGN);

        assertThat(new JettyIds(true).parse(FOREIGN)).isEqualTo(first);
        assertThat(new JettyIds(true).parse(FOREIGN + "0").record()).isNotEqualTo(first.record());
        assertThat(SessionIds.parse(first.value())).isEqualTo(first);
        assertThat(first.value()).doesNotContain(FOREIGN);
    }

    @Test
    void idOfAnotherForm_isNoSessions_whereOursAreMade() {
        assertThat(new JettyIds(false).parse(FOREIGN)).isNull();
    }
}
