package io.holdfast.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.session.EncodedValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownObjectsTest {
    private final KnownObjects objects = new KnownObjects();
    private final CountingCodec codec = new CountingCodec();

    @Test
    void object_isFoundUnderItsNameOnly_andByIdentity() {
        List<String> cart = new ArrayList<>();
        LiveValue live = objects.add(new LiveValue("cart", cart, codec));

        assertThat(objects.find("cart", cart)).isEqualTo(live);
        assertThat(objects.find("wishes", cart)).isNull();
        assertThat(objects.find("cart", new ArrayList<>())).isNull();
    }

    @Test
    void objectThatNobodyTracksAnyMore_isKnownAsItWas() {
        List<String> cart = new ArrayList<>();
        EncodedValue baseline = codec.encode(cart);
        commit(cart, baseline);

        LiveValue again = objects.find("cart", cart);

        assertThat(again).isNotNull();
        assertThat(again.version()).isEqualTo(7);
        assertThat(again.baseline()).isEqualTo(baseline);
    }

    @Test
    void objectThatTheApplicationHasReplaced_isNotKnown() {
        List<String> cart = new ArrayList<>();
        objects.add(new LiveValue("cart", cart, codec)).markReplaced();

        assertThat(objects.find("cart", cart)).isNull();
    }

    @Test
    void objectThatIsForgotten_isNotKnown_unlessItWasAddedAgain() {
        List<String> cart = new ArrayList<>();
        LiveValue first = objects.add(new LiveValue("cart", cart, codec));
        LiveValue second = objects.add(new LiveValue("cart", cart, codec));

        objects.forget(first);
        assertThat(objects.find("cart", cart)).isEqualTo(second);

        objects.forget(second);
        assertThat(objects.find("cart", cart)).isNull();
        assertThat(objects.size()).isZero();
    }

    @Test
    void objectThatIsGone_isForgotten() {
        for (int i = 0; i < 1_000; i++) {
            objects.add(new LiveValue("cart", new ArrayList<>(List.of("book " + i)), codec));
        }

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            System.gc();
            assertThat(objects.size()).isZero();
        });
    }

    private void commit(List<String> cart, EncodedValue baseline) {
        objects.add(new LiveValue("cart", cart, codec)).committed(baseline, 7);
    }
}
