package io.holdfast.redis;

import static io.holdfast.redis.Records.CREATED_MILLIS;
import static io.holdfast.redis.Records.HALF_AN_HOUR;
import static io.holdfast.redis.Records.SECRET;
import static io.holdfast.redis.Records.attributes;
import static io.holdfast.redis.Records.copy;
import static io.holdfast.redis.Records.copyOfAnotherCommit;
import static io.holdfast.redis.Records.copyWithCommits;
import static io.holdfast.redis.Records.find;
import static io.holdfast.redis.Records.newRecord;
import static io.holdfast.redis.Records.newSession;
import static io.holdfast.redis.Records.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.holdfast.redis.Records.Known;
import io.holdfast.session.Change;
import io.holdfast.session.CommitId;
import io.holdfast.session.CommitResult;
import io.holdfast.session.CommitResult.Committed;
import io.holdfast.session.Conflict;
import io.holdfast.session.CreateResult;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.EndLease;
import io.holdfast.session.EndResult;
import io.holdfast.session.KnownCopy;
import io.holdfast.session.LoadResult;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.NewSession;
import io.holdfast.session.SecretHash;
import io.holdfast.session.SessionDelta;
import io.holdfast.session.SessionEnds;
import io.holdfast.session.SessionMetadata;
import io.holdfast.session.SessionSnapshot;
import io.holdfast.session.SessionStore;
import io.holdfast.session.SessionUpdate;
import io.holdfast.session.StoredAttribute;
import io.holdfast.session.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link SessionStore} does, whatever it runs on. */
abstract class SessionStoreContract {
    private static final CommitResult GONE = new CommitResult.Gone();
    private static final int LARGE = 1_000;

    /** The store under test. */
    abstract SessionStore store();

    /** Its view of ended sessions. */
    abstract SessionEnds ends();

    /** A second node on the same data. */
    abstract SessionStore otherNode();

    /** Makes a session look as if nobody had used it for its time-out. */
    abstract void letEnd(String record);

    @Test
    void load_ofUnknownRecord_isAbsent() {
        assertThat(store().load(newRecord())).isEqualTo(new LoadResult.Absent());
    }

    @Test
    void load_afterCreate_findsWhatWasCreated() {
        String record = newRecord();
        Map<String, EncodedValue> attributes =
                Map.of("cart", value("book"), "größe 😀", value("ä"), "", new EncodedValue(254, new byte[0]));
        CreateResult created = store().create(new NewSession(
                record, CREATED_MILLIS, 600, SECRET, attributes, Map.of("cart", value("principal"))));

        SessionSnapshot found = find(otherNode(), record);

        assertThat(created).isEqualTo(new CreateResult.Created(found.metadata()));
        assertThat(found.version()).isEqualTo(1);
        assertThat(found.metadata().createdMillis()).isEqualTo(CREATED_MILLIS);
        assertThat(found.metadata().maxInactiveSeconds()).isEqualTo(600);
        assertThat(found.metadata().secretHash()).isEqualTo(SECRET);
        assertThat(found.metadata().recentCommits())
                .containsExactly(found.metadata().createdBy());
        assertThat(found.attributes().keySet()).isEqualTo(attributes.keySet());
        found.attributes().forEach((name, stored) -> {
            assertThat(stored.value()).isEqualTo(attributes.get(name));
            assertThat(stored.version()).isEqualTo(1);
        });
        assertThat(found.containerState().get("cart").value()).isEqualTo(value("principal"));
        assertThat(found.idleMillis()).isBetween(0L, 5_000L);
    }

    @Test
    void load_ofLargeAttribute_findsAllOfIt() {
        byte[] payload = new byte[3_000_000];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (i * 31);
        }
        Known known = Known.create(store(), Map.of("large", new EncodedValue(0, payload)));

        assertThat(find(otherNode(), known.record()).attributes().get("large").value())
                .isEqualTo(new EncodedValue(0, payload));
    }

    @Test
    void load_afterSessionEnded_saysSo() {
        Known known = Known.create(store(), Map.of());
        KnownCopy copy = copy(store(), known.record(), LARGE);
        letEnd(known.record());

        assertThat(store().load(known.record())).isEqualTo(new LoadResult.Ended());
        assertThat(store().load(known.record(), copy)).isEqualTo(new LoadResult.Ended());
    }

    @Test
    void loadOfKnownCopy_largeAndCurrent_fetchesNothing() {
        Known known = Known.create(store(), Map.of("a", value("x".repeat(LARGE))));
        KnownCopy created = copy(store(), known.record(), LARGE);
        assertThat(store().load(known.record(), created)).isInstanceOf(LoadResult.Current.class);

        otherNode().commit(known.large(true).put("a", "y"));

        KnownCopy committed = copy(store(), known.record(), LARGE);
        assertThat(store().load(known.record(), committed)).isInstanceOf(LoadResult.Current.class);
    }

    @Test
    void loadOfKnownCopy_currentByACommitThatIsNotNoted_findsNothingNewer() {
        Known known = Known.create(store(), Map.of("a", value("x".repeat(LARGE))));
        otherNode().commit(known.put("a", "y"));
        KnownCopy copy = copy(store(), known.record(), LARGE);

        LoadResult result = store().load(known.record(), copy);

        SessionUpdate update = ((LoadResult.Newer) result).update();
        assertThat(update.newer().version()).isEqualTo(2);
        assertThat(update.newer().attributes()).isEmpty();
        assertThat(update.removedAttributes()).isEmpty();
        assertThat(update.size()).isEqualTo(1);
    }

    @Test
    void loadOfKnownCopy_largeAndOutdated_findsWhatIsNewer() {
        Known known = Known.create(store(), Map.of("kept", value("k")));
        KnownCopy copy = copy(store(), known.record(), LARGE);
        otherNode().commit(known.large(true).put("a", "new"));

        LoadResult result = store().load(known.record(), copy);

        SessionUpdate update = ((LoadResult.Newer) result).update();
        assertThat(update.newer().version()).isEqualTo(2);
        assertThat(update.newer().attributes()).containsOnly(entry("a", new StoredAttribute(value("new"), 2)));
        assertThat(update.removedAttributes()).isEmpty();
    }

    @Test
    void loadOfKnownCopy_sameVersionByAnotherCommit_findsTheRecord() {
        Known known = Known.create(store(), Map.of());
        KnownCopy copy = copyOfAnotherCommit(store(), known.record(), LARGE);

        assertThat(store().load(known.record(), copy)).isInstanceOf(LoadResult.Found.class);
    }

    /** As when Redis has lost the commits before it, and its answer, so that it was made once more on top of another one. */
    @Test
    void loadOfKnownCopy_sameCommitOnTopOfAnotherOne_findsTheRecord() {
        Known known = Known.create(store(), Map.of("a", value("x".repeat(LARGE))));
        CommitId last =
                committed(otherNode().commit(known.large(true).put("a", "y"))).commit();
        KnownCopy copy = copyWithCommits(store(), known.record(), List.of(last, new CommitId(1, 1)), LARGE);

        assertThat(store().load(known.record(), copy)).isInstanceOf(LoadResult.Found.class);
    }

    @Test
    void loadOfKnownCopy_afterDelete_isAbsent() {
        Known known = Known.create(store(), Map.of());
        KnownCopy copy = copy(store(), known.record(), LARGE);
        otherNode().end(known.record(), known.createdBy(), 0);

        assertThat(store().load(known.record(), copy)).isEqualTo(new LoadResult.Absent());
    }

    @Test
    void create_ofExistingRecord_reportsExistsAndLeavesItAlone() {
        Known known = Known.create(store(), Map.of("a", value("first")));

        CreateResult second = otherNode().create(newSession(known.record(), Map.of("a", value("second"))));

        assertThat(second).isEqualTo(new CreateResult.Exists());
        assertThat(attributes(store(), known.record())).containsOnly(Map.entry("a", "first"));
    }

    @Test
    void commit_putsAndRemovesAndLeavesTheRest() {
        Known known = Known.create(store(), Map.of("kept", value("k"), "changed", value("c"), "removed", value("r")));

        CommitResult result = store().commit(new SessionDelta(
                known.record(),
                known.createdBy(),
                1,
                Map.of(
                        "changed", new Change.Put(value("C"), 1),
                        "added", new Change.Put(value("A"), 0),
                        "removed", new Change.Remove(1)),
                Map.of(),
                MetadataChange.NONE));

        SessionSnapshot found = find(otherNode(), known.record());
        assertThat(result)
                .isEqualTo(new Committed(2, found.metadata().lastCommit(), List.of(known.createdBy()), List.of()));
        assertThat(attributes(store(), known.record()))
                .containsOnly(Map.entry("kept", "k"), Map.entry("changed", "C"), Map.entry("added", "A"));
        assertThat(found.version()).isEqualTo(2);
        assertThat(found.attributes().get("kept").version()).isEqualTo(1);
        assertThat(found.attributes().get("changed").version()).isEqualTo(2);
        assertThat(found.attributes().get("added").version()).isEqualTo(2);
    }

    @Test
    void commit_rememberingMoreThanItCan_keepsTheLatestEightCommits() {
        Known known = Known.create(store(), Map.of());
        CommitId last = known.createdBy();
        for (int i = 0; i < 10; i++) {
            last = committed(store().commit(Known.of(store(), known.record()).put("a", "v" + i)))
                    .commit();
        }

        SessionSnapshot found = find(store(), known.record());
        assertThat(found.version()).isEqualTo(11);
        assertThat(found.metadata().recentCommits()).hasSize(8).startsWith(last).doesNotHaveDuplicates();
        assertThat(found.metadata().createdBy()).isEqualTo(known.createdBy());
    }

    @Test
    void commit_ofAnotherAttribute_keepsBothAndReportsNoConflict() {
        Known known = Known.create(store(), Map.of());
        otherNode().commit(known.put("theirs", "1", 0));

        Committed result = committed(store().commit(known.put("ours", "2", 0)));

        assertThat(result.version()).isEqualTo(3);
        assertThat(result.conflicts()).isEmpty();
        assertThat(attributes(store(), known.record())).containsOnly(Map.entry("theirs", "1"), Map.entry("ours", "2"));
    }

    @Test
    void commit_ofAttributeThatAnotherWrote_overwritesItAndReportsTheConflict() {
        Known known = Known.create(store(), Map.of("a", value("base")));
        otherNode().commit(known.put("a", "theirs"));

        Committed result = committed(store().commit(known.put("a", "ours")));

        assertThat(result.conflicts()).containsExactly(new Conflict("a", 1, 2));
        assertThat(attributes(store(), known.record())).containsOnly(Map.entry("a", "ours"));
    }

    @Test
    void commit_ofAttributeThatAnotherAdded_reportsTheConflict() {
        Known known = Known.create(store(), Map.of());
        otherNode().commit(known.put("a", "theirs", 0));

        assertThat(committed(store().commit(known.put("a", "ours", 0))).conflicts())
                .containsExactly(new Conflict("a", 0, 2));
    }

    @Test
    void commit_thatLeavesAConflictUndecided_writesNothingAndShowsTheirs() {
        Known known = Known.create(store(), Map.of("a", value("base"), "b", value("base")));
        otherNode().commit(known.putUndecided("a", "theirs", new Writer("other", "/cart")));

        CommitResult result = store().commit(known.putUndecided("a", "ours", new Writer("this", "/order")));

        assertThat(result)
                .isEqualTo(new CommitResult.Undecided(
                        2,
                        List.of(new CommitResult.Found(
                                new Conflict("a", 1, 2),
                                new StoredAttribute(value("theirs"), 2),
                                new Writer("other", "/cart")))));
        assertThat(attributes(store(), known.record())).containsOnly(Map.entry("a", "theirs"), Map.entry("b", "base"));
        assertThat(find(store(), known.record()).version()).isEqualTo(2);
    }

    @Test
    void commit_thatLeavesUndecidedWhatNobodyTouched_isWritten() {
        Known known = Known.create(store(), Map.of("a", value("base")));
        otherNode().commit(known.put("b", "theirs", 0));

        assertThat(committed(store().commit(known.putUndecided("a", "ours", Writer.UNKNOWN)))
                        .version())
                .isEqualTo(3);
    }

    @Test
    void commit_thatConflictsWithAnOldOne_doesNotKnowItsWriterAnyMore() {
        Known known = Known.create(store(), Map.of("a", value("base")));
        Writer writer = new Writer("other", "/cart");
        otherNode().commit(known.putUndecided("a", "theirs", writer));
        for (int i = 0; i < SessionMetadata.REMEMBERED_WRITERS - 1; i++) {
            otherNode().commit(known.put("b" + i, "more", 0));
        }
        assertThat(writerFound(known)).isEqualTo(writer);

        otherNode().commit(known.put("c", "more", 0));

        assertThat(writerFound(known)).isEqualTo(Writer.UNKNOWN);
    }

    @Test
    void commit_ofTheValueThatAnotherWroteToo_isAConflictBecauseOneOfTwoCountsIsLost() {
        Known known = Known.create(store(), Map.of("a", value("base")));
        otherNode().commit(known.put("a", "same"));

        assertThat(committed(store().commit(known.put("a", "same"))).conflicts())
                .containsExactly(new Conflict("a", 1, 2));
    }

    @Test
    void commit_ofAttributeThatAnotherRemoved_writesItAndReportsTheConflict() {
        Known known = Known.create(store(), Map.of("a", value("base")));
        otherNode().commit(known.remove("a"));

        assertThat(committed(store().commit(known.put("a", "ours"))).conflicts())
                .containsExactly(new Conflict("a", 1, 0));
        assertThat(attributes(store(), known.record())).containsOnly(Map.entry("a", "ours"));
    }

    @Test
    void commit_removingWhatAnotherRemoved_isNoConflict() {
        Known known = Known.create(store(), Map.of("a", value("base")));
        otherNode().commit(known.remove("a"));

        assertThat(committed(store().commit(known.remove("a"))).conflicts()).isEmpty();
    }

    @Test
    void commit_removingWhatAnotherChanged_removesItAndReportsTheConflict() {
        Known known = Known.create(store(), Map.of("a", value("base")));
        otherNode().commit(known.put("a", "theirs"));

        assertThat(committed(store().commit(known.remove("a"))).conflicts()).containsExactly(new Conflict("a", 1, 2));
        assertThat(attributes(store(), known.record())).isEmpty();
    }

    @Test
    void commit_ofContainerState_neverConflictsAndTheLastWins() {
        Known known = Known.create(store(), Map.of("principal", value("an attribute")));
        otherNode().commit(known.containerState("principal", new Change.Put(value("theirs"), 0)));

        Committed result =
                committed(store().commit(known.containerState("principal", new Change.Put(value("ours"), 0))));

        assertThat(result.conflicts()).isEmpty();
        SessionSnapshot found = find(store(), known.record());
        assertThat(found.containerState().get("principal").value()).isEqualTo(value("ours"));
        assertThat(found.attributes().get("principal").value()).isEqualTo(value("an attribute"));
    }

    @Test
    void commit_ofMetadata_changesThemAndKeepsOthers() {
        Known known = Known.create(store(), Map.of());
        SecretHash newSecret = SecretHash.of("another");
        store().commit(known.metadata(new MetadataChange(null, newSecret)));
        store().commit(known.metadata(new MetadataChange(60, null)));

        SessionSnapshot found = find(otherNode(), known.record());
        assertThat(found.metadata().secretHash()).isEqualTo(newSecret);
        assertThat(found.metadata().maxInactiveSeconds()).isEqualTo(60);
        assertThat(found.metadata().createdMillis()).isEqualTo(CREATED_MILLIS);
        assertThat(found.idleMillis()).isBetween(0L, 5_000L);
    }

    @Test
    void commit_afterDelete_reportsGone() {
        Known known = Known.create(store(), Map.of());
        otherNode().end(known.record(), known.createdBy(), 0);

        assertThat(store().commit(known.put("a", "late"))).isEqualTo(GONE);
        assertThat(store().load(known.record())).isEqualTo(new LoadResult.Absent());
    }

    @Test
    void commit_afterSessionEnded_reportsGoneAndDoesNotReviveIt() {
        Known known = Known.create(store(), Map.of());
        letEnd(known.record());

        assertThat(store().commit(known.put("a", "late"))).isEqualTo(GONE);
        assertThat(ends().lease(known.record())).isInstanceOf(EndResult.Leased.class);
    }

    @Test
    void commit_onAnotherSessionOfTheSameName_reportsGoneAndLeavesItAlone() {
        Known first = Known.create(store(), Map.of());
        store().end(first.record(), first.createdBy(), 0);
        store().create(newSession(first.record(), Map.of("a", value("second session"))));

        assertThat(otherNode().commit(first.put("a", "first session"))).isEqualTo(GONE);
        assertThat(attributes(store(), first.record())).containsOnly(Map.entry("a", "second session"));
    }

    @Test
    void commits_oneAfterTheOther_onRecordsInTurn_doNotDisturbEachOther() {
        Map<Known, Long> versions = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            versions.put(Known.create(store(), Map.of()), 1L);
        }
        for (int round = 0; round < 3; round++) {
            versions.replaceAll((known, version) -> committed(store().commit(known.put("a", "v" + version, version)))
                    .version());
        }
        assertThat(versions.values()).containsOnly(4L);
    }

    @Test
    void end_ofExistingRecord_isLeasedToWhoWasFirst_withItsLastState() {
        Known known = Known.create(store(), Map.of("a", value("1")));

        EndLease lease = leased(store().end(known.record(), known.createdBy(), 0));

        assertThat(lease.snapshot().attributes().get("a").value()).isEqualTo(value("1"));
        assertThat(otherNode().end(known.record(), known.createdBy(), 0)).isEqualTo(new EndResult.Absent());
        assertThat(store().load(known.record())).isEqualTo(new LoadResult.Absent());
    }

    @Test
    void end_ofAnotherSessionOfTheSameName_leavesItAlone() {
        Known first = Known.create(store(), Map.of());
        store().end(first.record(), first.createdBy(), 0);
        store().create(newSession(first.record(), Map.of("a", value("second session"))));

        assertThat(otherNode().end(first.record(), first.createdBy(), 0)).isEqualTo(new EndResult.Absent());
        assertThat(attributes(store(), first.record())).containsOnly(Map.entry("a", "second session"));
    }

    @Test
    void lease_ofSessionInUse_leavesItAlive() {
        Known known = Known.create(store(), Map.of("a", value("1")));

        assertThat(ends().lease(known.record())).isEqualTo(new EndResult.Alive());
        assertThat(attributes(store(), known.record())).containsOnly(Map.entry("a", "1"));
    }

    @Test
    void lease_ofEndedSession_givesItsLastStateToOneNode() {
        Known known = Known.create(store(), Map.of("a", value("1")));
        letEnd(known.record());

        SessionSnapshot last = leased(ends().lease(known.record())).snapshot();

        assertThat(last.attributes().get("a").value()).isEqualTo(value("1"));
        assertThat(last.idleMillis()).isGreaterThan(HALF_AN_HOUR * 1_000L);
        assertThat(ends().lease(known.record())).isEqualTo(new EndResult.Absent());
    }

    @Test
    void lease_ofUnknownRecord_isAbsent() {
        assertThat(ends().lease(newRecord())).isEqualTo(new EndResult.Absent());
    }

    static EndLease leased(EndResult result) {
        assertThat(result).isInstanceOf(EndResult.Leased.class);
        return ((EndResult.Leased) result).lease();
    }

    static Committed committed(CommitResult result) {
        assertThat(result).isInstanceOf(Committed.class);
        return (Committed) result;
    }

    private Writer writerFound(Known known) {
        CommitResult result = store().commit(known.putUndecided("a", "ours", Writer.UNKNOWN));
        return ((CommitResult.Undecided) result).found().get(0).writer();
    }
}
