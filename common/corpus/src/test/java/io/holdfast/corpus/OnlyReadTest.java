package io.holdfast.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.live.LiveSession;
import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.TestRedis;
import io.holdfast.session.SessionId;
import io.holdfast.session.SessionIds;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions that two nodes load and commit in turn, on real Redis: what they only read is never written, what they change is. */
class OnlyReadTest {
    private static final int CYCLES = 10;
    private static final int ATTRIBUTES = 50;
    private static final long SEED = 20_260_102;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String namespace = "corpus-" + UUID.randomUUID();
    private final LiveNode a = new LiveNode(namespace);
    private final LiveNode b = new LiveNode(namespace);
    private final RespConnection redis = RespConnection.open(TestRedis.shared().uri());
    private final SessionId id = SessionIds.create(RANDOM::nextBytes);

    /** The samples of one session. */
    record Batch(int number, List<Sample> samples) {
        @Override
        public String toString() {
            return "session " + number + ", from " + samples.get(0);
        }
    }

    static List<Batch> batches() {
        List<Sample> all = Corpus.all();
        return IntStream.range(0, (all.size() + ATTRIBUTES - 1) / ATTRIBUTES)
                .mapToObj(number -> new Batch(
                        number, all.subList(number * ATTRIBUTES, Math.min(all.size(), (number + 1) * ATTRIBUTES))))
                .toList();
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
        redis.send("DEL", key());
        redis.close();
    }

    /**
     * In each cycle one node decodes everything anew; and then writes everything anew, as the other node has decoded it, so that
     * the next cycle decodes what a decoded object was encoded to. Both nodes also keep a copy all the time.
     */
    @ParameterizedTest
    @MethodSource("batches")
    void attributesThatAreOnlyRead_areNeverWritten_andChangedOnesAre(Batch batch) {
        List<Sample> samples = batch.samples();
        LiveSession onA = a.create(id);
        assertThat(a.request(
                        onA,
                        attributes -> samples.forEach(sample ->
                                attributes.put(sample.name(), sample.maker().get()))))
                .isEqualTo(samples.size());
        assertThat(a.request(onA, attributes -> readAll(samples, attributes)))
                .as("written by reading for the first time")
                .isEqualTo((int) samples.stream()
                        .filter(KnownLimits::changesWhenFirstRead)
                        .count());
        LiveSession onB = b.load(id);

        for (int cycle = 0; cycle < CYCLES; cycle++) {
            LiveNode node = cycle % 2 == 0 ? b : a;
            LiveNode other = cycle % 2 == 0 ? a : b;
            LiveSession copy = node.load(id);
            Map<String, ByteBuffer> before = stored();

            int written = node.request(copy, attributes -> readAll(samples, attributes))
                    + a.request(onA, attributes -> readAll(samples, attributes))
                    + b.request(onB, attributes -> readAll(samples, attributes));

            assertThat(changedSince(before)).as("cycle " + cycle).isEmpty();
            assertThat(written).as("cycle " + cycle).isZero();
            Map<String, Object> decoded = new HashMap<>(other.load(id).attributes());
            node.request(copy, attributes -> attributes.putAll(decoded));
        }

        requireChangesToBeWritten(samples);
        assertThat(a.troubles).isEmpty();
        assertThat(b.troubles).isEmpty();
    }

    private void requireChangesToBeWritten(List<Sample> samples) {
        Map<String, Place> changed = new HashMap<>(); // a place also holds the key that it has added
        Map<String, ByteBuffer> before = stored();

        int written = a.request(a.load(id), attributes -> {
            for (Sample sample : samples) {
                Corpus.mutator(sample, new Random(SEED))
                        .place(attributes.get(sample.name()))
                        .ifPresent(place -> {
                            place.change().run();
                            changed.put("@" + sample.name(), place);
                        });
            }
            System.gc(); // as may happen at any time: a WeakHashMap keeps no new key that nobody else holds
        });

        assertThat(changed).isNotEmpty();
        Set<String> expected = new HashSet<>(changed.keySet());
        expected.addAll(Set.of("v", "m"));
        Set<String> fields = changedSince(before);
        fields.removeIf(field -> field.matches("w[0-6]|c")); // of large sessions
        assertThat(fields).isEqualTo(expected);
        assertThat(written).isEqualTo(changed.size());
    }

    private static void readAll(List<Sample> samples, Map<String, Object> attributes) {
        for (Sample sample : samples) {
            Object value = attributes.get(sample.name());
            assertThat(value).as(sample.name()).isNotNull();
            Corpus.read(sample, value);
        }
    }

    private String key() {
        return "holdfast:" + namespace + ":{" + id.record() + "}";
    }

    private Map<String, ByteBuffer> stored() {
        Map<String, ByteBuffer> fields = new HashMap<>();
        redis.send("HGETALL", key())
                .fields()
                .forEach((name, value) -> fields.put(name, ByteBuffer.wrap(value.bytes())));
        return fields;
    }

    private Set<String> changedSince(Map<String, ByteBuffer> before) {
        Map<String, ByteBuffer> now = stored();
        Set<String> names = new HashSet<>(before.keySet());
        names.addAll(now.keySet());
        names.removeIf(name -> now.containsKey(name) && now.get(name).equals(before.get(name)));
        return names;
    }
}
