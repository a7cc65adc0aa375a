package io.holdfast.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.live.LiveSession;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WrittenCopiesTest {
    private final TestServer server = new TestServer("written-" + UUID.randomUUID());
    private final LiveSession live = server.create().live();
    private final WrittenCopies copies = new WrittenCopies();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void copyThatHoldsWhatIsNotCommitted_isKept() {
        live.attributes().put("thread", "was here");
        copies.add(live);

        copies.forEach(copy -> {});

        assertThat(known()).containsExactly(live);
    }

    @Test
    void copyOfASessionThatHasEnded_isLetGo_thoughNothingOfItIsEverCommitted() {
        live.attributes().put("thread", "was here");
        copies.add(live);
        live.end();

        copies.forEach(copy -> {});

        assertThat(known()).isEmpty();
    }

    private List<LiveSession> known() {
        List<LiveSession> known = new ArrayList<>();
        copies.forEach(known::add);
        return known;
    }
}
