package io.holdfast.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.AttributeSettings;
import io.holdfast.events.SessionEvents;
import io.holdfast.sealing.AttributeSeal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Shared objects are looked for behind so many commits a second, and behind the next ones in the next second. */
class AliasesTest {
    private final List<String> told = new ArrayList<>();
    private final Use use = new Use();
    private final AttributeMap map = new AttributeMap(
            "0123456789abcdef",
            new StoredForm(
                    new CountingCodec(), new AttributeSeal("shop", AttributeSettings.DEFAULTS), AttributeGate.OPEN),
            new SessionEvents() {
                @Override
                public void attributesShareObject(String record, String first, String second, String className) {
                    told.add(first + " " + second);
                }
            },
            () -> use,
            () -> false);
    private long nanoTime = Long.MAX_VALUE - 1;
    private final Aliases aliases = new Aliases(() -> nanoTime);

    @Test
    void behindAllCommits_upToTheMostOfOneSecond_andAgainInTheNext() {
        map.put("cart", new ArrayList<>());
        for (int i = 0; i < Aliases.LOOKS_A_SECOND - 1; i++) {
            aliases.look(map, Set.of("cart"));
        }
        share("last");
        share("tooMany");

        assertThat(told).containsExactly("cart last");

        nanoTime += TimeUnit.SECONDS.toNanos(1);
        share("next");

        assertThat(told).contains("cart next");
    }

    @Test
    void textsTakeNoLook() {
        map.put("text", "1");
        for (int i = 0; i < Aliases.LOOKS_A_SECOND; i++) {
            aliases.look(map, Set.of("text"));
        }
        map.put("cart", new ArrayList<>());

        share("last");

        assertThat(told).containsExactly("cart last");
    }

    @Test
    void objectThatWasReplaced_isSharedWithNobody() {
        map.put("cart", new ArrayList<>());
        Object cart = map.get("cart");
        map.put("cart", new ArrayList<>());
        map.put("other", cart);

        aliases.look(map, Set.of("other"));

        assertThat(told).isEmpty();
    }

    private void share(String name) {
        map.put(name, map.get("cart"));
        aliases.look(map, Set.of(name));
    }
}
