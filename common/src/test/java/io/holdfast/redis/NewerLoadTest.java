package io.holdfast.redis;

import static io.holdfast.redis.Records.find;
import static io.holdfast.redis.Records.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.SessionEvents;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.Change;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.KnownCopy;
import io.holdfast.session.LoadResult;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.SecretHash;
import io.holdfast.session.SessionDelta;
import io.holdfast.session.SessionMetadata;
import io.holdfast.session.SessionSnapshot;
import io.holdfast.session.SessionUpdate;
import io.holdfast.session.StoredAttribute;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A large copy that others have changed gets what is newer, and that makes just the record of it; or else all of it. */
class NewerLoadTest {
    private static final int LARGE = 1_000;

    private final Fixture fixture = new Fixture();
    private final RedisSessionStore store = fixture.store();
    private final RedisSessionStore other = fixture.store();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void changedAddedAndRemoved_areTold_andTheRestOnlyByName() {
        Known known = Known.create(
                store,
                Map.of(
                        "größe 😀",
                        value("kept"),
                        "",
                        value("kept"),
                        "changed",
                        value("old"),
                        "removed",
                        value("gone")));
        SessionSnapshot copy = find(store, known.record());
        commit(new SessionDelta(
                known.record(),
                known.createdBy(),
                1,
                Map.of(
                        "changed", new Change.Put(value("new"), 1),
                        "added", new Change.Put(value("new"), 0),
                        "removed", new Change.Remove(1)),
                Map.of(),
                MetadataChange.NONE));

        SessionUpdate update = newer(known.record(), copy);

        assertThat(update.newer().attributes().keySet()).containsExactlyInAnyOrder("changed", "added");
        assertThat(update.removedAttributes()).containsOnly("removed");
        assertMakesTheRecord(update, copy, known.record());
    }

    @Test
    void containerState_likewise() {
        Known known = Known.create(store, Map.of("a", value("kept")));
        commit(known.containerState("a", new Change.Put(value("kept"), 0)));
        commit(known.containerState("user", new Change.Put(value("old"), 0)));
        commit(known.containerState("form", new Change.Put(value("old"), 0)));
        SessionSnapshot copy = find(store, known.record());
        commit(known.containerState("user", new Change.Put(value("new"), 0)));
        commit(known.containerState("type", new Change.Put(value("new"), 0)));
        commit(known.containerState("form", new Change.Remove(0)));

        SessionUpdate update = newer(known.record(), copy);

        assertThat(update.newer().containerState().keySet()).containsExactlyInAnyOrder("user", "type");
        assertThat(update.removedContainerState()).containsOnly("form");
        assertThat(update.newer().attributes()).isEmpty();
        assertMakesTheRecord(update, copy, known.record());
    }

    @Test
    void removedAndAddedAgainAsItWas_isNewer() {
        Known known = Known.create(store, Map.of("a", value("1")));
        SessionSnapshot copy = find(store, known.record());
        commit(known.remove("a"));
        commit(known.put("a", "1", 0));

        SessionUpdate update = newer(known.record(), copy);

        assertThat(update.newer().attributes().get("a").version()).isEqualTo(3);
        assertMakesTheRecord(update, copy, known.record());
    }

    @Test
    void newIdAndTimeout_areTold() {
        Known known = Known.create(store, Map.of("a", value("1")));
        SessionSnapshot copy = find(store, known.record());
        commit(known.metadata(new MetadataChange(60, SecretHash.of("another"))));

        SessionUpdate update = newer(known.record(), copy);

        assertThat(update.newer().metadata().secretHash()).isEqualTo(SecretHash.of("another"));
        assertMakesTheRecord(update, copy, known.record());
    }

    @Test
    void unreadable_isFetchedWhenItIsWritten_likeOthers() {
        Known known = Known.create(store, Map.of("a", value("1"), "b", value("1")));
        byte[] newerFormat = ByteBuffer.allocate(20).put((byte) 2).array();
        fixture.redis.send("HSET", fixture.key(known.record()), "@b", newerFormat);
        SessionSnapshot copy = find(store, known.record());
        commit(known.put("a", "2"));
        fixture.redis.send("HSET", fixture.key(known.record()), "@a", "short");

        SessionUpdate update = newer(known.record(), copy);

        assertThat(update.newer().attributes().get("a").value().flags()).isEqualTo(AttributeField.UNREADABLE_FLAGS);
        assertThat(update.newer().attributes()).containsOnlyKeys("a");
        assertMakesTheRecord(update, copy, known.record());
    }

    @Test
    void turnOfACommit_isNoAttribute() {
        Known known = Known.create(store, Map.of("a", value("1")));
        SessionSnapshot copy = find(store, known.record());
        commit(known.put("b", "1", 0));
        fixture.redis.send("HSET", fixture.key(known.record()), "t", "");

        assertMakesTheRecord(newer(known.record(), copy), copy, known.record());
    }

    @Test
    void sizeOfTheRecord_isTold_alsoOfWhatIsNotFetched() {
        Known known = Known.create(store, Map.of("a", value("1"), "b", value("1")));
        SessionSnapshot copy = find(store, known.record());
        commit(known.put("a", "2"));

        SessionUpdate update = newer(known.record(), copy);

        assertThat(update.newer().attributes()).hasSize(1);
        assertThat(update.size()).isEqualTo(2);
    }

    @Test
    void commitThatIsNotNoted_leadsToTheWholeRecord_andTheNextThatIsToAFreshStart() {
        Known known = Known.create(store, Map.of("a", value("1"), "b", value("1")));
        SessionSnapshot first = find(store, known.record());
        commit(known.put("a", "2"));
        other.commit(known.put("a", "3"));
        assertThat(load(known.record(), first)).isInstanceOf(LoadResult.Found.class);
        SessionSnapshot third = find(store, known.record());

        commit(known.put("b", "4"));

        SessionUpdate update = newer(known.record(), third);
        assertThat(update.newer().attributes()).containsOnlyKeys("b");
        assertMakesTheRecord(update, third, known.record());
        assertThat(load(known.record(), first)).isInstanceOf(LoadResult.Found.class);
    }

    @Test
    void commitThatIsNotNoted_inTheFieldOfAnOlderOne_leadsToTheWholeRecord() {
        Known known = Known.create(store, Map.of("a", value("1"), "b", value("1")));
        commit(known, WrittenFields.COMMITS);
        SessionSnapshot copy = find(store, known.record());
        other.commit(Known.of(other, known.record()).put("b", "2", 1)); // where version 2 was noted
        assertThat(fixture.redis.send("HGET", fixture.key(known.record()), "w2").text())
                .startsWith("2:");

        commit(known, 1);

        assertThat(load(known.record(), copy)).isInstanceOf(LoadResult.Found.class);
    }

    @Test
    void damagedNote_leadsToTheWholeRecord() {
        Known known = Known.create(store, Map.of("a", value("1"), "b", value("1")));
        SessionSnapshot copy = find(store, known.record());
        commit(known.put("a", "2"));

        fixture.redis.send("HSET", fixture.key(known.record()), "w2", "2:\3@b");

        assertThat(load(known.record(), copy)).isInstanceOf(LoadResult.Found.class);
    }

    @Test
    void moreBytesThanAreNoted_leadToTheWholeRecord() {
        Known known = Known.create(store, Map.of("a", value("1")));
        SessionSnapshot copy = find(store, known.record());
        commit(known.put("a", "x".repeat(32 * 1_024)));

        assertThat(load(known.record(), copy)).isInstanceOf(LoadResult.Found.class);
    }

    @Test
    void moreNamesThanAreNoted_leadToTheWholeRecord() {
        Known known = Known.create(store, Map.of("a", value("1")));
        SessionSnapshot copy = find(store, known.record());
        Map<String, Change> many = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            many.put("attribute" + i, new Change.Put(value("v"), 0));
        }
        commit(new SessionDelta(known.record(), known.createdBy(), 1, many, Map.of(), MetadataChange.NONE));

        assertThat(load(known.record(), copy)).isInstanceOf(LoadResult.Found.class);
        assertThat(fixture.redis
                        .send("HEXISTS", fixture.key(known.record()), "w2")
                        .number())
                .isZero();
    }

    @Test
    void versionsBeyond32Bits_areCompared() {
        Known known = Known.create(store, Map.of("old", value("1"), "new", value("1")));
        long version = (1L << 45) - 1;
        fixture.redis.send("HSET", fixture.key(known.record()), "v", version, "@old", field(version, "2"));
        SessionSnapshot copy = find(store, known.record());
        commit(known.put("new", "2"));

        SessionUpdate update = newer(known.record(), copy);

        assertThat(update.newer().version()).isEqualTo(1L << 45);
        assertThat(update.newer().attributes().keySet()).containsOnly("new");
        assertMakesTheRecord(update, copy, known.record());
    }

    @Test
    void manyAttributes_areCompared() {
        Map<String, EncodedValue> attributes = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            attributes.put("a" + i, value("v" + i));
        }
        Known known = Known.create(store, attributes);
        SessionSnapshot copy = find(store, known.record());
        commit(known.put("a7", "new"));

        SessionUpdate update = newer(known.record(), copy);

        assertThat(update.newer().attributes().keySet()).containsOnly("a7");
        assertMakesTheRecord(update, copy, known.record());
    }

    @Test
    void asManyCommitsAsTheRecordRemembersButOne_areBridged() {
        Known known = Known.create(store, Map.of("kept", value("1"), "a", value("1")));
        SessionSnapshot copy = find(store, known.record());
        commit(known, SessionMetadata.REMEMBERED_COMMITS - 1);
        assertMakesTheRecord(newer(known.record(), copy), copy, known.record());

        commit(known, 1);

        assertThat(load(known.record(), copy)).isInstanceOf(LoadResult.Found.class);
    }

    @Test
    void versionThatWentBack_findsTheWholeRecord() {
        Known known = Known.create(store, Map.of("a", value("1")));
        byte[] before = dump(known);
        commit(known.put("a", "lost"));
        SessionSnapshot copy = find(store, known.record());

        restore(known, before);

        assertThat(load(known.record(), copy)).isInstanceOf(LoadResult.Found.class);
    }

    @Test
    void versionThatAnotherCommitMadeAgain_findsTheWholeRecord_alsoIfTheRecordHasGoneOn() {
        Known known = Known.create(store, Map.of("a", value("1"), "b", value("1")));
        byte[] before = dump(known);
        commit(known.put("a", "lost"));
        SessionSnapshot copy = find(store, known.record());
        restore(known, before);
        commit(known.put("b", "2"));
        assertThat(load(known.record(), copy)).isInstanceOf(LoadResult.Found.class);

        commit(known.put("b", "3", 2));

        assertThat(load(known.record(), copy)).isInstanceOf(LoadResult.Found.class);
    }

    @Test
    void anotherSessionOfTheSameName_isFoundAsAWhole() {
        Known first = Known.create(store, Map.of("a", value("1")));
        SessionSnapshot copy = find(store, first.record());
        store.end(first.record(), first.createdBy(), 0);
        store.create(Records.newSession(first.record(), Map.of("a", value("second session"))));
        commit(Known.of(store, first.record()), 1);

        assertThat(load(first.record(), copy)).isInstanceOf(LoadResult.Found.class);
    }

    @Test
    void commitBetweenTheLooks_isPartOfTheWholeRecord() throws Exception {
        Interrupted load = new Interrupted();

        commit(load.known, 1);

        LoadResult result = load.goOn();
        assertThat(result).isInstanceOf(LoadResult.Found.class);
        assertThat(((LoadResult.Found) result).snapshot().version()).isEqualTo(3);
    }

    @Test
    void endBetweenTheLooks_isTold() throws Exception {
        Interrupted load = new Interrupted();

        other.end(load.known.record(), load.known.createdBy(), 0);

        assertThat(load.goOn()).isEqualTo(new LoadResult.Absent());
    }

    @Test
    void timeThatRunsOutBetweenTheLooks_isTold() throws Exception {
        Interrupted load = new Interrupted();

        fixture.letEnd(load.known.record());

        assertThat(load.goOn()).isEqualTo(new LoadResult.Ended());
    }

    @Test
    void newSessionOfTheSameNameBetweenTheLooks_isFoundAsAWhole() throws Exception {
        Interrupted load = new Interrupted();

        other.end(load.known.record(), load.known.createdBy(), 0);
        other.create(Records.newSession(load.known.record(), Map.of("a", value("second session"))));
        commit(Known.of(other, load.known.record()), 1);

        LoadResult result = load.goOn();
        assertThat(result).isInstanceOf(LoadResult.Found.class);
        assertThat(((LoadResult.Found) result).snapshot().attributes()).containsOnlyKeys("a");
    }

    /** A load of a copy that another node has changed without a note, held between its look at what is newer and the one at everything. */
    private final class Interrupted {
        final Known known = Known.create(store, Map.of("kept", value("1"), "a", value("1")));
        final SessionSnapshot copy = find(store, known.record());
        private final Pause pause;
        private final CompletableFuture<LoadResult> result;

        Interrupted() {
            other.commit(known.put("a", "2"));
            FaultProxy proxy = fixture.proxy();
            RedisSessionStore behindProxy = fixture.store(fixture.settings(proxy.uri()), SessionEvents.NONE);
            pause = proxy.pauseBefore("PTTL");
            result = CompletableFuture.supplyAsync(() -> behindProxy.load(known.record(), knownCopy(copy)));
            pause.awaitReached();
        }

        LoadResult goOn() throws Exception {
            pause.release();
            return result.get(10, SECONDS);
        }
    }

    private void commit(Known known, int times) {
        for (int i = 0; i < times; i++) {
            Known now = Known.of(other, known.record());
            commit(now.put("a", "version " + now.version()));
        }
    }

    private void commit(SessionDelta delta) {
        other.commit(delta.withLargeCopy(knownCopy(find(other, delta.record()))));
    }

    private LoadResult load(String record, SessionSnapshot copy) {
        return store.load(record, knownCopy(copy));
    }

    private SessionUpdate newer(String record, SessionSnapshot copy) {
        LoadResult result = load(record, copy);
        assertThat(result).isInstanceOf(LoadResult.Newer.class);
        return ((LoadResult.Newer) result).update();
    }

    private void assertMakesTheRecord(SessionUpdate update, SessionSnapshot copy, String record) {
        SessionSnapshot newer = update.newer();
        SessionSnapshot made = new SessionSnapshot(
                newer.version(),
                newer.metadata(),
                applied(copy.attributes(), newer.attributes(), update.removedAttributes()),
                applied(copy.containerState(), newer.containerState(), update.removedContainerState()),
                0);
        assertThat(made).isEqualTo(justAccessed(find(store, record)));
        assertThat(update.size())
                .isEqualTo(made.attributes().size() + made.containerState().size());
    }

    private static Map<String, StoredAttribute> applied(
            Map<String, StoredAttribute> copy, Map<String, StoredAttribute> newer, Set<String> removed) {
        Map<String, StoredAttribute> applied = new HashMap<>(copy);
        applied.putAll(newer);
        applied.keySet().removeAll(removed);
        return applied;
    }

    private static SessionSnapshot justAccessed(SessionSnapshot snapshot) {
        return new SessionSnapshot(
                snapshot.version(), snapshot.metadata(), snapshot.attributes(), snapshot.containerState(), 0);
    }

    private static KnownCopy knownCopy(SessionSnapshot copy) {
        return new KnownCopy(copy.version(), copy.metadata(), LARGE);
    }

    private static byte[] field(long version, String text) {
        byte[] field = AttributeField.encode(new EncodedValue(0, text.getBytes(UTF_8)));
        AttributeField.stamp(field, version);
        return field;
    }

    private byte[] dump(Known known) {
        return fixture.redis.send("DUMP", fixture.key(known.record())).bytes();
    }

    private void restore(Known known, byte[] dump) {
        fixture.redis.send("RESTORE", fixture.key(known.record()), 600_000, dump, "REPLACE");
    }
}
