package io.holdfast.consistency.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.consistency.history.Step.Verb;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTest {
    private static final String ID = "0123456789abcdef" + "a".repeat(32);
    private static final long MILLI = 1_000_000;

    @Test
    void twoRequestsAndWhatBroke_areToldInOrder() {
        Call held = new Call(
                1,
                "a",
                ID,
                List.of(Step.of(Verb.GET, "a"), Step.of(Verb.FLUSH), Step.of(Verb.HOLD, "p")),
                new Interval(10 * MILLI, 60 * MILLI),
                20 * MILLI,
                50 * MILLI,
                new Answer.Answered(ID, ID, List.of("v1", "ok", "ok")));
        Call quick = new Call(
                2,
                "b",
                ID,
                List.of(new Step(Verb.PUT, "a", "v2")),
                new Interval(30 * MILLI, 40 * MILLI),
                35 * MILLI,
                0,
                new Answer.Refused(503));
        List<Event> events = new ArrayList<>(Event.of(held));
        events.addAll(Event.of(quick));
        events.add(new Event(32 * MILLI, "REDIS_PAUSED"));

        assertThat(Event.inOrder(events, 10 * MILLI).lines())
                .containsExactly(
                        "       0.000  #1 sent to a  id 0123456789abcdef+aaaa  get:a flush hold:p",
                        "      10.000  #1 began its response",
                        "      20.000  #2 sent to b  id 0123456789abcdef+aaaa  put:a:v2",
                        "      22.000  REDIS_PAUSED",
                        "      30.000  #2 ->  Refused[status=503]",
                        "      40.000  #1 was told to go on",
                        "      50.000  #1 ->  v1 ok ok");
    }

    @Test
    void whatIsWritten_isReadAgain() {
        Event event = new Event(-7, "#1 sent to a");
        assertThat(Event.parse(event.toString())).isEqualTo(event);
    }
}
