package io.holdfast.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.session.EndLease;
import io.holdfast.session.LoadResult;
import io.holdfast.session.SessionMetadata;
import java.util.ArrayList;
import java.util.List;

/** What a node that died has left of one record, which is all there is in the namespace, and what a survivor makes of it. */
final class AfterACrash {
    private final Fixture fixture;
    private final RedisSessionStore survivor;

    AfterACrash(Fixture fixture, RedisSessionStore survivor) {
        this.fixture = fixture;
        this.survivor = survivor;
    }

    /** Whatever there is of the record has a time to live, is in the index in time, is told once each, and leaves nothing. */
    void assertNothingIsLost(String step, String record) throws Exception {
        List<String> keys = keys();
        assertThat(keys)
                .as(step)
                .allSatisfy(key ->
                        assertThat(fixture.redis.send("PTTL", key).number()).isNotEqualTo(-1));
        if (survivor.load(record) instanceof LoadResult.Found found) {
            SessionMetadata metadata = found.snapshot().metadata();
            if (metadata.maxInactiveSeconds() <= 0) {
                fixture.redis.send("DEL", fixture.key(record));
            } else {
                assertThat(fixture.entries(record))
                        .as(step)
                        .contains(record + ":" + RedisKeys.creation(metadata.createdBy()));
            }
        }
        List<String> toTell = keys().stream().filter(key -> key.contains("{")).toList();
        assertFoundInTime(step, record, toTell);
        List<EndLease> told = new ArrayList<>();
        for (int i = 0; i < 2; i++) { // with the second, everything that could be left
            letTimePass(record);
            for (EndLease lease : Fixture.sweep(survivor)) {
                told.add(lease);
                survivor.ends().forget(lease).toCompletableFuture().get(10, SECONDS);
            }
        }
        assertThat(told).as(step).hasSameSizeAs(toTell);
        assertThat(keys()).as(step).isEmpty();
    }

    /** For each session the index has a time at which a sweep looks, before Redis drops it. */
    private void assertFoundInTime(String step, String record, List<String> keys) {
        for (String key : keys) {
            long dropped =
                    fixture.redisMillis() + fixture.redis.send("PTTL", key).number();
            String creation = key.contains(":ended:") ? key.substring(key.lastIndexOf(':') + 1) : "";
            assertThat(fixture.entries(record))
                    .as(step)
                    .filteredOn(member -> member.endsWith(creation))
                    .anySatisfy(member -> assertThat(score(record, member)).isLessThan(dropped));
        }
    }

    private long score(String record, String member) {
        return (long) Double.parseDouble(
                fixture.redis.send("ZSCORE", fixture.bucket(record), member).text());
    }

    /** The session's time-out and all leases are over. */
    private void letTimePass(String record) {
        if (fixture.exists(record)) {
            fixture.letEnd(record);
        }
        fixture.endedKeys(record).forEach(key -> fixture.redis.send("PEXPIRE", key, Fixture.GRACE_SECONDS * 1_000 - 1));
        fixture.makeDue(record);
    }

    private List<String> keys() {
        return fixture.redis
                .send("KEYS", "holdfast:" + fixture.namespace + ":*")
                .texts();
    }
}
